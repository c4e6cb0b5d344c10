import { Bot, Reply } from "lucide-react";
import { memo } from "react";
import type { Conversation, Message } from "#kernel/api";
import { classNames } from "../../../ui/class-names.ts";
import { useMe } from "../../session/session.ts";
import { extra } from "../../shell/extra.tsx";
import { useText } from "../../text/use-text.ts";
import { askComposer } from "../composer/composer-events.ts";
import { contactName } from "../contact-name.ts";
import { Bubble } from "./bubble.tsx";
import { Doubtful } from "./doubtful.tsx";
import { MessageContent } from "./message-content.tsx";
import { NoteRow } from "./note-row.tsx";
import { Tick } from "./tick.tsx";

const CallEntry = extra(() => import("../../telephone/call-entry.tsx"), "CallEntry");

interface RowProps {
  message: Message;
  quoted: Message | undefined;
  conversation: Conversation;
}

export const MessageRow = memo(function MessageRow({ message, quoted, conversation }: RowProps) {
  if (message.detail?.event === "telephone_call") return <CallEntry message={message} />;
  if (message.note) return <NoteRow message={message} />;
  if (message.author === "system") return <SystemRow message={message} />;
  const side = message.author === "customer" ? "customer" : message.author === "bot" ? "bot" : "us";
  return (
    <div id={`m-${message.id}`} className="flex flex-col">
      <Bubble side={side} below={<Below message={message} conversation={conversation} />}>
        <MessageContent message={message} quoted={quoted} />
      </Bubble>
      {(message.status === "uncertain" || message.status === "failed") && message.author !== "customer" && (
        <Doubtful message={message} />
      )}
    </div>
  );
});

function Below({ message, conversation }: Omit<RowProps, "quoted">) {
  const { t, format } = useText();
  const me = useMe().user.id;
  const isCustomer = message.author === "customer";
  const source = message.detail?.source;
  const author =
    message.author === "bot"
      ? t("author.bot")
      : message.staffId === me && message.detail?.author === undefined
        ? t("author.me")
        : message.authorName || contactName(conversation.contact, conversation.channel.kind, t);
  return (
    <>
      {message.author === "bot" && <Bot size={15} strokeWidth={1.75} aria-hidden="true" />}
      <span>
        {author} · <time dateTime={message.sentAt}>{format.time(message.sentAt)}</time>
        {typeof source === "string" && ` · ${t("message.source", { source })}`}
        {message.edited && ` · ${t("message.edited")}`}
      </span>
      {!isCustomer && (
        <>
          <span aria-hidden="true">·</span>
          <Tick status={message.status} />
        </>
      )}
      {!message.revoked && (
        <button
          type="button"
          title={t("message.quote")}
          aria-label={t("message.quoteOf", { name: author })}
          onClick={() => askComposer("answer", { replyTo: message.id })}
          className={classNames(
            "-my-1 inline-flex size-6 items-center justify-center rounded-1 opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 coarse:opacity-100",
            !isCustomer && "order-first",
          )}
        >
          <Reply size={15} strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
    </>
  );
}

/** What happened, in one quiet line between the bubbles. */
function SystemRow({ message }: { message: Message }) {
  const { t, format } = useText();
  const event = typeof message.detail?.event === "string" ? message.detail.event : "other";
  const name = typeof message.detail?.name === "string" ? message.detail.name : message.authorName;
  const text = message.text || t.maybe(`system.${event}`, { name }) || t("system.other");
  return (
    <p id={`m-${message.id}`} className="self-center px-4 text-center text-tiny text-ink-2">
      {text} · <time dateTime={message.sentAt}>{format.time(message.sentAt)}</time>
    </p>
  );
}
