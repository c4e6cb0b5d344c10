import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  BookOpenCheck,
  Building2,
  type LucideIcon,
  MessageSquareText,
  Search,
  UserRound,
} from "lucide-react";
import { useDeferredValue } from "react";
import { topicsQuery } from "../knowledge/queries.ts";
import { enterCompany } from "../session/enter-company.ts";
import { useMe } from "../session/session.ts";
import { type Command, useAllCommands } from "../shell/commands.ts";
import { useText } from "../text/use-text.ts";
import { searchQuery, shortestSearch } from "./queries.ts";

export interface PaletteEntry {
  id: string;
  label: string;
  hint?: string;
  icon: LucideIcon;
  keys?: readonly string[];
  run(): void;
}

export interface PaletteGroup {
  title: string;
  entries: readonly PaletteEntry[];
}

const shownHits = 6;
const shownTopics = 5;
const shownCompanies = 5;

/** What fits the words: actions here, conversations, then knowledge and pages. Empty groups are left out. */
export function usePaletteEntries(words: string): PaletteGroup[] {
  const { t } = useText();
  const commands = useAllCommands().filter((command) => !command.isHidden && fits(command, words));
  const groups = [
    { title: t("palette.here"), entries: commands.filter(({ group }) => group === "conversation") },
    { title: t("place.conversations"), entries: useHits(words) },
    {
      title: t("palette.pages"),
      entries: [
        ...useTopics(words),
        ...commands.filter(({ group }) => group === "pages"),
        ...useOtherCompanies(words),
      ],
    },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

function fits({ label, hint = "" }: Pick<Command, "label" | "hint">, words: string): boolean {
  const text = `${label} ${hint}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function useHits(words: string): PaletteEntry[] {
  const { t } = useText();
  const navigate = useNavigate();
  const wanted = useDeferredValue(words);
  const { data } = useQuery({ ...searchQuery(wanted, shownHits), placeholderData: keepPreviousData });
  if (words.length < shortestSearch || !data) return [];
  const open = (id: number) => void navigate({ to: "/conversations/$id", params: { id } });
  const people = data.contacts.flatMap(({ id, name, hint, conversationId }) =>
    conversationId === null
      ? []
      : [
          {
            id: `contact-${id}`,
            label: name || t("contact.nameless"),
            hint,
            icon: UserRound,
            run: () => open(conversationId),
          },
        ],
  );
  const messages = data.messages.map((hit) => ({
    id: `message-${hit.id}`,
    label: hit.contactName || t("contact.nameless"),
    hint: hit.excerpt,
    icon: MessageSquareText,
    run: () => open(hit.conversationId),
  }));
  const all = {
    id: "all-hits",
    label: t("palette.searchAll", { words }),
    icon: Search,
    run: () => void navigate({ to: "/search", search: { q: words } }),
  };
  return [...people.slice(0, shownHits), ...messages.slice(0, shownHits), all];
}

/** Where else I work, by the company's name or by the wish itself. */
function useOtherCompanies(words: string): PaletteEntry[] {
  const { t } = useText();
  const { company, companies } = useMe();
  if (words === "") return [];
  return companies
    .filter(({ id }) => id !== company.id)
    .map(({ id, name }) => ({
      id: `company-${id}`,
      label: name,
      hint: t("palette.company"),
      icon: Building2,
      run: () => enterCompany(id),
    }))
    .filter((entry) => fits(entry, words))
    .slice(0, shownCompanies);
}

function useTopics(words: string): PaletteEntry[] {
  const navigate = useNavigate();
  const topics = useQuery(topicsQuery).data?.items ?? [];
  if (words.length < shortestSearch) return [];
  return topics
    .filter(({ title, intent }) => fits({ label: title, hint: intent }, words))
    .slice(0, shownTopics)
    .map(({ id, title, intent }) => ({
      id: `topic-${id}`,
      label: title || intent,
      icon: BookOpenCheck,
      run: () => void navigate({ to: "/knowledge/$topic", params: { topic: String(id) } }),
    }));
}
