import { Link } from "@tanstack/react-router";
import { ArrowRightLeft } from "lucide-react";
import type { Conversation } from "#kernel/api";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import type { HandOver } from "./log-entries.ts";

/** Why the automaton handed over: the reason, how sure it was and would have had to be, and what it gathered. */
export function HandOverCard({ handOver, conversation }: { handOver: HandOver; conversation: Conversation }) {
  const { t, format } = useText();
  const now = useNow();
  const { reason, confidence, needed, summary, at } = handOver;
  const isGap = reason === "unknown" || reason === "unsure";
  return (
    <section className="my-1 flex gap-3 rounded-2 border border-line bg-sheet px-4 py-3 text-desk">
      <ArrowRightLeft size={20} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
      <div className="min-w-0 wrap-anywhere">
        <h3 className="inline text-desk">{t("handOver.title")}</h3> ·{" "}
        <time dateTime={at}>{format.moment(at, now)}</time>
        <p className="text-ink-2">
          {t("handOver.reason")} {t(`handOver.${reason}`)}
          {confidence !== null && ` ${t("handOver.confidence", { value: format.share(confidence) })}`}
          {confidence !== null &&
            needed !== null &&
            ` ${t("handOver.needed", { value: format.share(needed) })}`}
        </p>
        {summary && <p className="whitespace-pre-wrap">{summary}</p>}
        {isGap && (
          <Link
            to="/knowledge/$topic"
            params={{ topic: "new" }}
            search={{ conversation: conversation.id }}
            className="mt-0.5 inline-block font-strong text-accent-text underline underline-offset-4"
          >
            {t("handOver.teach")}
          </Link>
        )}
      </div>
    </section>
  );
}
