import { Link } from "@tanstack/react-router";
import type { Message } from "#kernel/api";
import { useText } from "../../text/use-text.ts";

interface Mail {
  subject?: unknown;
  whole?: unknown;
  automatic?: unknown;
}

/** What a mail brings beside its words: its subject, whether a machine wrote it, and all that was cut from it. */
export function MailFacts({ message }: { message: Message }) {
  const { t } = useText();
  const mail = message.detail?.mail as Mail | undefined;
  const linked = message.detail?.linkedConversation;
  if (!mail) return null;
  const subject = typeof mail.subject === "string" ? mail.subject.trim() : "";
  // A first mail's words begin with its subject.
  const isSaid = subject === "" || message.text.startsWith(subject);
  return (
    <div className="mt-1.5 grid gap-1 text-tiny text-ink-2">
      {!isSaid && <p>{t("mail.subject", { subject })}</p>}
      {typeof mail.automatic === "string" && <p>{t("mail.automatic")}</p>}
      {typeof linked === "number" && (
        <Link
          to="/conversations/$id"
          params={{ id: linked }}
          className="text-accent-text underline underline-offset-4"
        >
          {t("mail.linked")}
        </Link>
      )}
      {typeof mail.whole === "string" && (
        <details>
          <summary className="min-h-6">{t("mail.whole")}</summary>
          <p
            dir="auto"
            className="mt-1 max-h-80 overflow-auto border-l-2 border-line-strong pl-2 whitespace-pre-wrap"
          >
            {mail.whole}
          </p>
        </details>
      )}
    </div>
  );
}
