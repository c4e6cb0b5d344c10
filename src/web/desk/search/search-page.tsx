import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useState } from "react";
import type { ReplyOf, search } from "#kernel/api";
import { Card, Waiting } from "../../ui/card.tsx";
import { FogDrawing } from "../../ui/drawings.tsx";
import { TextField } from "../../ui/field.tsx";
import { Statement } from "../../ui/statement.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { Marked } from "./marked.tsx";
import { searchQuery, shortestSearch } from "./queries.ts";

const shownHits = 50;

/** Messages and contacts that hold these words; the words stand in the address. */
export function SearchPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const { q = "" } = useSearch({ from: "/shell/search" });
  const [words, setWords] = useState(q);
  const wanted = useDeferredValue(words.trim());
  useEffect(() => {
    void navigate({ to: "/search", search: wanted ? { q: wanted } : {}, replace: true });
  }, [wanted, navigate]);
  const found = useQuery({ ...searchQuery(wanted, shownHits), placeholderData: keepPreviousData });
  return (
    <Page title={t("search.title")} subtitle={t("search.subtitle")}>
      <TextField
        label={t("search.words")}
        type="search"
        autoFocus
        className="mb-5 max-w-[560px]"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div aria-live="polite">
        {wanted.length < shortestSearch && (
          <p className="text-ink-2">{t("search.tooShort", { count: shortestSearch })}</p>
        )}
        {found.isLoading && <Waiting rows={3} label={t("search.running")} />}
        {found.error && (
          <Failure error={found.error} title={t("search.failed")} retry={() => void found.refetch()} />
        )}
        {found.data && wanted.length >= shortestSearch && <Hits found={found.data} words={wanted} />}
      </div>
    </Page>
  );
}

function Hits({ found, words }: { found: ReplyOf<typeof search>; words: string }) {
  const { t, format } = useText();
  const now = useNow();
  const { contacts, messages, cut } = found;
  if (contacts.length + messages.length === 0) {
    return (
      <Statement
        drawing={<FogDrawing className="w-[240px] max-w-full" />}
        title={t("search.none", { words })}
      />
    );
  }
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[1fr_1.6fr]">
      {cut && <StateLine kind="info">{t("search.cut")}</StateLine>}
      {contacts.length > 0 && (
        <Card title={t("search.contacts", { count: contacts.length })}>
          <ul className="divide-y divide-line">
            {contacts.map(({ id, name, hint, conversationId }) => (
              <li key={id} className="py-2">
                {conversationId === null ? (
                  <span className="font-strong">{name}</span>
                ) : (
                  <Link
                    to="/conversations/$id"
                    params={{ id: conversationId }}
                    className="font-strong underline-offset-4 hover:underline"
                  >
                    <Marked text={name || t("contact.nameless")} words={words} />
                  </Link>
                )}
                {hint && <span className="block text-small text-ink-2">{hint}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {messages.length > 0 && (
        <Card title={t("search.messages", { count: messages.length })}>
          <ul className="divide-y divide-line">
            {messages.map((hit) => (
              <li key={hit.id}>
                <Link
                  to="/conversations/$id"
                  params={{ id: hit.conversationId }}
                  className="block py-2 hover:bg-ground"
                >
                  <span className="flex justify-between gap-4 text-small text-ink-2">
                    <span className="font-strong text-ink">{hit.contactName || t("contact.nameless")}</span>
                    <time dateTime={hit.sentAt}>{format.moment(hit.sentAt, now)}</time>
                  </span>
                  <Marked text={hit.excerpt} words={words} />
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
