import { MapPin } from "lucide-react";
import type { Message } from "#kernel/api";
import { useText } from "../../text/use-text.ts";
import { Attachment } from "./attachment.tsx";
import { MailFacts } from "./mail-facts.tsx";
import { Quote } from "./quote.tsx";

/** What a message holds. Text is text: HTML in it is shown, never run. */
export function MessageContent({ message, quoted }: { message: Message; quoted: Message | undefined }) {
  const { t, language } = useText();
  if (message.revoked) return <p className="text-ink-3">{t("message.revoked")}</p>;
  const isForeign = message.language !== null && message.language !== language;
  return (
    <>
      {/* Every automatic answer refers to its question; saying so each time would be noise. */}
      {message.replyTo && message.author !== "bot" && <Quote message={quoted} />}
      {message.media && <Attachment media={message.media} type={message.type} />}
      {message.location && <Place location={message.location} />}
      {message.text && (
        <p
          dir="auto"
          lang={isForeign ? (message.language ?? undefined) : undefined}
          className="whitespace-pre-wrap"
        >
          {message.text}
        </p>
      )}
      <MailFacts message={message} />
      {message.link && (
        <a
          href={message.link}
          target="_blank"
          rel="noreferrer noopener"
          className="mt-1 block break-all text-accent-text underline underline-offset-4"
        >
          {message.link}
        </a>
      )}
      {message.options.length > 0 && (
        <ul aria-label={t("message.options")} className="mt-2 flex flex-wrap gap-1.5">
          {message.options.map((option) => (
            <li
              key={option.id}
              className="rounded-2 border border-line-strong px-2.5 py-1 text-small font-strong"
            >
              {option.title}
              {option.description && <span className="block font-text text-ink-2">{option.description}</span>}
            </li>
          ))}
        </ul>
      )}
      {!message.text && !message.media && !message.location && message.options.length === 0 && (
        <p className="text-ink-3">{t.maybe(`message.type.${message.type}`) ?? t("message.unknown")}</p>
      )}
      <Reactions reactions={message.reactions} />
    </>
  );
}

function Place({ location }: { location: NonNullable<Message["location"]> }) {
  const { t } = useText();
  const { latitude, longitude, name } = location;
  return (
    <a
      href={`geo:${latitude},${longitude}`}
      className="flex items-start gap-2 text-accent-text underline underline-offset-4"
    >
      <MapPin size={18} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
      <span>
        {name ?? t("message.location")} ({latitude.toFixed(5)}, {longitude.toFixed(5)})
      </span>
    </a>
  );
}

function Reactions({ reactions }: { reactions: Message["reactions"] }) {
  const { t } = useText();
  if (reactions.length === 0) return null;
  return (
    <ul aria-label={t("message.reactions")} className="mt-1.5 flex flex-wrap gap-1">
      {reactions.map(({ author, emoji }) => (
        <li key={`${author} ${emoji}`} className="rounded-1 border border-line bg-ground px-1.5 text-small">
          {emoji} <span className="text-tiny text-ink-2">{t.maybe(`author.${author}`) ?? author}</span>
        </li>
      ))}
    </ul>
  );
}
