import type { SourceItemView } from "../../../../skills/notices/api.ts";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

interface ListProps {
  items: readonly (SourceItemView & { isLive?: boolean })[];
}

/** What a source said, each with its time and what it concerns. */
export function ItemList({ items }: ListProps) {
  const { t, language, format } = useText();
  const now = useNow();
  const moment = (iso: string | null) => (iso === null ? null : format.moment(iso, now));
  return (
    <ul className="divide-y divide-line">
      {items.map(({ id, title, text, startsAt, endsAt, values, isCancelled, isLive }) => (
        <li key={id} className="grid gap-0.5 py-2.5">
          <p className="font-strong wrap-anywhere">
            {title[language] ?? title.de ?? title.en ?? t("sources.untitled")}
          </p>
          <p className="line-clamp-3 text-small wrap-anywhere">{text[language] ?? text.de ?? text.en}</p>
          <p className="text-tiny wrap-anywhere text-ink-2">
            {[
              isCancelled && t("sources.cancelled"),
              isLive === false && !isCancelled && t("sources.over"),
              [moment(startsAt), moment(endsAt)].filter(Boolean).join(" – "),
              shortened(Object.values(values).flat()),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </li>
      ))}
    </ul>
  );
}

const shownValues = 8;

/** An alert may concern thousands of stops. */
function shortened(values: readonly string[]): string {
  const shown = values.slice(0, shownValues).join(", ");
  return values.length > shownValues ? `${shown} … +${values.length - shownValues}` : shown;
}
