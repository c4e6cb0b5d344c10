import { Lock } from "lucide-react";
import type { Message } from "#kernel/api";
import { extra } from "../../shell/extra.tsx";
import { useText } from "../../text/use-text.ts";
import { Attachment } from "./attachment.tsx";

/** What a colleague's mail is, and what can be done with it; without contact to the node its words stand alone. */
const ColleagueFacts = extra(() => import("../colleagues/colleague-note.tsx"), "ColleagueFacts");
const ColleagueActions = extra(() => import("../colleagues/colleague-note.tsx"), "ColleagueActions");

/** For colleagues only: dotted, sunken, with a lock, never the shape of a bubble. */
export function NoteRow({ message }: { message: Message }) {
  const { t, format } = useText();
  const isColleagues = message.detail?.colleague !== undefined;
  return (
    <div
      id={`m-${message.id}`}
      className="max-w-[86%] self-end rounded-2 border border-dotted border-line-strong bg-sunken px-3 py-2 text-desk wrap-anywhere lg:max-w-[540px]"
    >
      <p className="text-small text-ink-2">
        <Lock size={15} strokeWidth={1.75} aria-hidden="true" className="mr-1.5 -mt-0.5 inline" />
        <strong className="font-strong">
          {t("note.head")} · {message.authorName} ·{" "}
          <time dateTime={message.sentAt}>{format.time(message.sentAt)}</time>
        </strong>
      </p>
      {isColleagues && <ColleagueFacts message={message} />}
      {message.media && <Attachment media={message.media} type={message.type} />}
      <p className="whitespace-pre-wrap" dir="auto">
        {message.text}
      </p>
      {isColleagues && <ColleagueActions message={message} />}
    </div>
  );
}
