import { Timer } from "lucide-react";
import type { Conversation } from "#kernel/api";
import { classNames } from "../../../ui/class-names.ts";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

const soonMs = 2 * 3_600_000;

/** How long free-form answers are possible (ms); Infinity where the channel has no limit, 0 when it is over. */
export function windowLeft(conversation: Pick<Conversation, "windowUntil">, now: number): number {
  if (!conversation.windowUntil) return Number.POSITIVE_INFINITY;
  return Math.max(0, Date.parse(conversation.windowUntil) - now);
}

/** Until when, and how long still. */
export function WindowLine({ conversation }: { conversation: Conversation }) {
  const { t, format } = useText();
  const now = useNow();
  const left = windowLeft(conversation, now);
  if (!conversation.windowUntil || left === 0) return null;
  return (
    <p
      className={classNames(
        "flex min-w-0 items-center gap-1.5 text-small",
        left < soonMs ? "font-strong text-warn" : "text-ink-2",
      )}
    >
      <Timer size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span className="hidden sm:inline">
        {t("window.open", {
          channel: t(`channel.${conversation.channel.kind}`),
          until: format.moment(conversation.windowUntil, now),
          left: format.span(left),
        })}
      </span>
      <span className="sm:hidden">{t("window.left", { left: format.span(left) })}</span>
    </p>
  );
}
