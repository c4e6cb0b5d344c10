/** @jsxImportSource preact */
import type { VisitorMessage } from "../../contract.ts";
import type { Outgoing } from "../state/outgoing.ts";
import { Attachment, LocalAttachment } from "./attachment.tsx";
import { MessageCard } from "./card.tsx";
import { useChat, useSettings } from "./context.ts";
import { clockTime } from "./format.ts";
import { Icon } from "./icon.tsx";
import { safeHref, stretches } from "./links.ts";

/** Text of either side, always as text; only http and https become links. */
function Text({ text }: { text: string }) {
  return (
    <p class="text">
      {stretches(text).map(({ text: part, href }, index) =>
        href ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text's stretches never change their order
          <a key={index} href={href} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}

function MoreLink({ address }: { address: string }) {
  const href = safeHref(address);
  if (!href) return null;
  const { host, pathname } = new URL(href);
  const parts = (host + (pathname === "/" ? "" : pathname)).split(/(?<=\/)/);
  return (
    <p class="text">
      <a href={href} target="_blank" rel="noopener noreferrer">
        {/* Broken between its parts rather than inside a word. */}
        {parts.map((part, at) => [at > 0 && <wbr />, part])}
      </a>
    </p>
  );
}

type TickName = "sending" | "waiting" | "sent" | "delivered" | "read" | "failed";
const TICKS: Record<string, TickName> = {
  queued: "sent",
  sent: "sent",
  received: "delivered",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

/** The state of an own message as shape and word. */
function Tick({ name }: { name: TickName }) {
  const { words } = useChat();
  const icon =
    name === "failed" || name === "waiting"
      ? "octagonAlert"
      : name === "sending"
        ? "clock"
        : name === "sent"
          ? "check"
          : "checkCheck";
  return (
    <span class={`tick ${name}`}>
      <Icon name={icon} size={16} /> {words.tick[name]}
    </span>
  );
}

interface MessageProps {
  message: VisitorMessage;
  /** The last of its run: sender, time and tick stand below it. */
  showsMeta: boolean;
}

function FirmMeta({ message }: { message: VisitorMessage }) {
  const { words, language } = useChat();
  const time = clockTime(message.sentAt, language);
  if (message.author === "bot") {
    const source = message.source ? `${words.source(message.source)}, ${time}` : time;
    return (
      <p class="meta">
        <Icon name="bot" size={16} /> {words.automaticShort} · {source}
      </p>
    );
  }
  return <p class="meta">{`${message.authorName} · ${time}`}</p>;
}

function Body({ message }: { message: VisitorMessage }) {
  const { words } = useChat();
  if (message.revoked) return <p class="text gone">{words.revoked}</p>;
  return (
    <>
      {message.media && <Attachment media={message.media} />}
      {message.text && <Text text={message.text} />}
      {message.link && !message.text.includes(message.link) && <MoreLink address={message.link} />}
    </>
  );
}

/** One message of the node: flat bottom, and the line says who stands on it. */
export function MessageBubble({ message, showsMeta }: MessageProps) {
  const { words, language } = useChat();
  const { company } = useSettings();
  const isOwn = message.author === "customer";
  const who = isOwn
    ? words.you
    : message.author === "bot"
      ? `${company}, ${words.automaticShort}`
      : message.authorName;
  const lang = message.language && message.language !== language ? message.language : undefined;
  return (
    <div class={`message ${message.author}`}>
      <span class="hidden">{who}: </span>
      {message.card && !message.revoked ? (
        <MessageCard card={message.card} link={message.link} {...(lang && { lang })} />
      ) : (
        <div class="bubble" lang={lang}>
          <Body message={message} />
        </div>
      )}
      {showsMeta && !isOwn && <FirmMeta message={message} />}
      {showsMeta && isOwn && (
        <p class="meta">
          {clockTime(message.sentAt, language)} · <Tick name={TICKS[message.status] ?? "sent"} />
        </p>
      )}
    </div>
  );
}

/** What the customer said and the node may not have yet. Dotted: it is not promised. */
export function OutgoingBubble({ entry, showsMeta }: { entry: Outgoing; showsMeta: boolean }) {
  const { words, language, session } = useChat();
  const isFailed = entry.state === "failed";
  return (
    <div class={`message customer ${entry.state}`}>
      <span class="hidden">{words.you}: </span>
      <div class="bubble">
        {entry.file && <LocalAttachment file={entry.file} />}
        {entry.text && <Text text={entry.text} />}
      </div>
      {(showsMeta || isFailed) && (
        <p class="meta">
          {clockTime(entry.at, language)} · <Tick name={entry.state} />
        </p>
      )}
      {isFailed && (
        <div class="failed">
          <p>{words.failedBecause[entry.reason ?? "rejected"]}</p>
          <button type="button" class="link" onClick={() => session.again(entry.clientId)}>
            {words.sayAgain}
          </button>
          <button type="button" class="link" onClick={() => session.discard(entry.clientId)}>
            {words.discard}
          </button>
        </div>
      )}
    </div>
  );
}
