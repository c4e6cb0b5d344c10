import { useQuery } from "@tanstack/react-query";
import { ChevronDown, X } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import type { Conversation } from "#kernel/api";
import { suggestAnswers } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";
import { textWith } from "./suggested-text.ts";

interface SuggestionProps {
  conversation: Conversation;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** Puts the words into the field; nothing is sent. */
  onTake(text: string): void;
}

/** Loaded with its words when a person has the conversation. */
export function Suggestions(props: SuggestionProps) {
  return (
    <RoomWords room="teaching" isExtra>
      <Suggested {...props} />
    </RoomWords>
  );
}

const pauseMs = 300;
/** Who has written this much knows what to say. */
const longestDraft = 160;

function Suggested({ conversation, field, text, onTake }: SuggestionProps) {
  const { t } = useText();
  const { id, lastMessageAt } = conversation;
  const draft = useSettled(text);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const isWanted = draft.length <= longestDraft && !draft.startsWith("/");
  const query = useQuery({
    queryKey: ["knowledge", "suggestions", id, lastMessageAt, draft],
    queryFn: ({ signal }) => call(suggestAnswers, { params: { id }, body: { draft } }, signal),
    enabled: isWanted,
    placeholderData: (before) => before,
  });
  const about = `${id} ${lastMessageAt}`;
  const items = (isWanted && dismissed !== about && query.data?.items) || [];
  const chosen = items[place % Math.max(1, items.length)];
  const words = chosen && [chosen.text, chosen.link].filter(Boolean).join("\n");
  const isTaken = words === undefined || text.includes(words);
  const take = () => {
    if (words === undefined) return;
    onTake(textWith(text, words));
    setDismissed(about);
    field.current?.focus();
  };
  const next = () => setPlace(place + 1);
  const isEmpty = text.trim() === "";
  const keys = { take: isEmpty ? take : null, next, dismiss: () => setDismissed(about) };
  useFieldKeys(field, isTaken ? null : keys);
  if (!chosen || isTaken) return null;
  const { title } = chosen.topic;
  return (
    <section
      aria-label={t("suggest.title")}
      className="mb-2 rounded-2 border border-dashed border-ink-3 bg-ground px-3 py-2"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-tiny text-ink-2">
            {t("suggest.title")} · <span className="font-strong">{title}</span>
          </p>
          <p lang={conversation.language} className="line-clamp-2 text-small">
            {words}
          </p>
        </div>
        <Button aria-label={t("suggest.takeOf", { title })} onClick={take}>
          {t("suggest.take")}
        </Button>
        {items.length > 1 && (
          <IconButton
            icon={ChevronDown}
            label={t("suggest.next", { at: (place % items.length) + 1, count: items.length })}
            onClick={next}
          />
        )}
        <IconButton icon={X} label={t("suggest.dismiss")} onClick={() => setDismissed(about)} />
      </div>
      <p className="mt-0.5 hidden text-tiny text-ink-2 lg:block">
        {t(isEmpty ? "suggest.keys" : "suggest.keysBeside")}
      </p>
    </section>
  );
}

/**
 * Tab takes where nothing is written yet, and otherwise leaves the field as everywhere; Alt and the arrow down show the
 * next, Escape hides. Only while something is shown, so Tab is no trap.
 */
function useFieldKeys(
  field: RefObject<HTMLTextAreaElement | null>,
  keys: { take: (() => void) | null; next(): void; dismiss(): void } | null,
): void {
  useEffect(() => {
    const element = field.current;
    if (!element || !keys) return;
    const onKey = (event: KeyboardEvent) => {
      // Text blocks have the keys while their list is open.
      if (event.isComposing || element.hasAttribute("aria-controls")) return;
      if (event.key === "Tab" && !event.shiftKey && keys.take) keys.take();
      else if (event.key === "ArrowDown" && event.altKey) keys.next();
      else if (event.key === "Escape") keys.dismiss();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("keydown", onKey, true);
    return () => element.removeEventListener("keydown", onKey, true);
  });
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text.trim());
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
