import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { useMemo } from "react";
import type { Conversation, Message } from "#kernel/api";
import { Button } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { usePending } from "../outbox.ts";
import { messagesQuery } from "../queries.ts";
import { HandOverCard } from "./hand-over-card.tsx";
import { logEntries } from "./log-entries.ts";
import { MessageRow } from "./message-row.tsx";
import { PendingRow } from "./pending-row.tsx";
import { useLogScroll } from "./use-log-scroll.ts";
import { WritersLine } from "./writers-line.tsx";

/** Who said what when: in reading order, older pages on demand, at the end unless somebody reads further up. */
export function Log({ conversation }: { conversation: Conversation }) {
  const { t } = useText();
  const query = useInfiniteQuery(messagesQuery(conversation.id));
  const pending = usePending(conversation.id);
  const messages = useMemo(
    () => (query.data ? query.data.pages.toReversed().flatMap((page) => page.items) : []),
    [query.data],
  );
  const scroll = useLogScroll({ first: messages[0]?.id, last: messages.at(-1)?.id, pending: pending.length });
  const waiting = pending.map((item) => <PendingRow key={item.clientId} item={item} />);
  if (!query.data) {
    return (
      <div className="flex flex-1 flex-col gap-2 overflow-y-auto">
        {query.error ? (
          <Failure error={query.error} title={t("log.notLoaded")} retry={() => void query.refetch()} />
        ) : (
          <Waiting rows={4} label={t("log.loading")} />
        )}
        <div className="flex flex-col gap-2 px-4 pb-4 lg:px-6">{waiting}</div>
      </div>
    );
  }
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroll.place}
        onScroll={scroll.onScroll}
        role="log"
        aria-label={t("log.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        tabIndex={0}
        className="flex h-full flex-col gap-2 overflow-y-auto px-4 py-4 [overflow-anchor:none] focus-visible:-outline-offset-2 lg:px-6"
      >
        {query.hasNextPage ? (
          <Button
            className="self-center"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("log.older")}
          </Button>
        ) : (
          <p className="mb-2 text-center text-small text-ink-3">{t("log.begin")}</p>
        )}
        <Entries conversation={conversation} messages={messages} />
        {waiting}
        <WritersLine conversation={conversation} />
      </div>
      {!scroll.isAtEnd && (
        <Button icon={ArrowDown} className="absolute right-4 bottom-3" onClick={scroll.toEnd}>
          {t("log.toEnd")}
        </Button>
      )}
    </div>
  );
}

function Entries({ conversation, messages }: { conversation: Conversation; messages: readonly Message[] }) {
  const { format } = useText();
  const now = useNow();
  const entries = useMemo(
    () => logEntries(messages, conversation.handOver, format.dayOf),
    [messages, conversation.handOver, format],
  );
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  return entries.map((entry) => {
    if (entry.kind === "day") {
      return (
        <h3
          key={entry.key}
          className="my-2 flex items-center gap-3 text-tiny font-medium text-ink-2 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
        >
          {format.day(entry.at, now)}
        </h3>
      );
    }
    if (entry.kind === "handOver")
      return <HandOverCard key={entry.key} handOver={entry.handOver} conversation={conversation} />;
    const { message } = entry;
    const quoted = message.replyTo ? byId.get(message.replyTo) : undefined;
    return <MessageRow key={entry.key} message={message} quoted={quoted} conversation={conversation} />;
  });
}
