import type { Counts } from "../../../../skills/notices/api.ts";
import { ProgressLine } from "../../../ui/progress.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

interface DeliveryProps {
  counts: Counts;
  isMoving: boolean;
  at: string;
}

const figures = ["read", "delivered", "sent", "queued", "waiting", "failed", "dropped", "uncertain"] as const;
/** Said also when nobody is in it. */
const always: readonly string[] = ["read", "delivered", "sent", "failed"];

/** How many of how many, and how each of them stands. */
export function Delivery({ counts, isMoving, at }: DeliveryProps) {
  const { t, format } = useText();
  const now = useNow();
  const { matched, waiting, queued, unsubscribed, replied } = counts;
  const settled = Math.max(0, matched - waiting - queued);
  const share = matched > 0 ? settled / matched : 0;
  if (matched === 0)
    return <p className="mt-4">{t(isMoving ? "notices.findingPersons" : "notices.nobodyFound")}</p>;
  return (
    <div className="mt-4">
      <p className="flex items-baseline justify-between gap-4">
        <span>
          <span className="font-head text-figure font-heavy">{format.number(settled)}</span>{" "}
          <span className="text-ink-2">{t("notices.ofPersons", { count: matched })}</span>
        </span>
        <span className="font-strong">{format.percent(share)}</span>
      </p>
      <ProgressLine share={share} label={t("notices.progressLabel")} />
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        {figures
          .filter((name) => counts[name] > 0 || always.includes(name))
          .map((name) => (
            <Figure key={name} name={t(`notices.count.${name}`)} value={counts[name]} />
          ))}
      </dl>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 border-t border-line pt-4 sm:grid-cols-4">
        <Figure name={t("notices.count.replied")} value={replied} />
        <Figure name={t("notices.count.unsubscribed")} value={unsubscribed} />
      </dl>
      <p className="mt-3 text-tiny text-ink-2">{t("notices.asOf", { when: format.moment(at, now) })}</p>
    </div>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  const { format } = useText();
  return (
    <div>
      <dt className="text-small text-ink-2">{name}</dt>
      <dd className="font-head text-figure font-heavy">{format.number(value)}</dd>
    </div>
  );
}
