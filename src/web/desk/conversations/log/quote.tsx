import type { Message } from "#kernel/api";
import { useText } from "../../text/use-text.ts";

/** The message that is answered to; leads to it when it is loaded. */
export function Quote({ message }: { message: Message | undefined }) {
  const { t } = useText();
  if (!message)
    return (
      <p className="mb-1.5 border-l-2 border-line-strong pl-2 text-small text-ink-2">
        {t("message.quotedOlder")}
      </p>
    );
  const show = () => document.getElementById(`m-${message.id}`)?.scrollIntoView({ block: "center" });
  return (
    <button
      type="button"
      onClick={show}
      className="mb-1.5 block w-full border-l-2 border-line-strong pl-2 text-left text-small text-ink-2"
    >
      <span className="block font-strong">
        {message.author === "bot" ? t("author.bot") : message.authorName}
      </span>
      <span className="line-clamp-2">{message.text || t("message.file")}</span>
    </button>
  );
}
