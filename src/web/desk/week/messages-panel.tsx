import type { WeekFigures } from "../../../skills/week/api.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";
import { ShareBar } from "./share-bar.tsx";
import { useWords } from "./use-words.ts";

/** How much of what was sent answers a customer, and how much the company began. */
export function MessagesPanel({ messages }: { messages: WeekFigures["messages"] }) {
  const { t, format } = useText();
  const words = useWords();
  const { service, notice, received } = messages;
  const sent = service + notice;
  const part = (key: "service" | "notice", count: number) => ({
    label: t(`week.${key}`, { count: format.number(count) }),
    count,
    share: count / sent,
    text: words.share(count, sent),
  });
  const parts = [part("service", service), part("notice", notice)];
  return (
    <Panel title={t("week.messages")} aside={t("week.received", { count: format.number(received) })}>
      {sent === 0 ? (
        <p className="text-ink-2">{t("week.nothingSent")}</p>
      ) : (
        <ShareBar label={parts.map(({ label, text }) => `${text} ${label}`).join(", ")} parts={parts} />
      )}
      <p className="mt-1 text-small text-ink-2">{t("week.model")}</p>
    </Panel>
  );
}
