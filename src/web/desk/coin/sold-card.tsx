import { useQuery } from "@tanstack/react-query";
import { Card } from "../../ui/card.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { useMoney } from "./money.ts";
import { reportQuery } from "./queries.ts";

/** Above this share of what has to be notified it is said in time. */
const NEAR = 0.8;

/** What was sold in twelve months, against the amount that has to be notified. */
export function SoldCard() {
  const { t } = useText();
  const money = useMoney();
  const { data, error } = useQuery(reportQuery);
  const share = data ? data.soldMinor / data.thresholdMinor : 0;
  return (
    <Card title={t("coin.sold.title")}>
      <FailureRows error={error} />
      {data && (
        <div className="grid gap-2 text-small">
          <p>
            <span className="text-figure font-strong">{money.euro(data.soldMinor)}</span>{" "}
            <span className="text-ink-2">
              {t("coin.sold.of", { threshold: money.euro(data.thresholdMinor) })}
            </span>
          </p>
          <div className="h-2 border-b-2 border-ink bg-sunken" aria-hidden="true">
            <div className="h-full bg-accent" style={{ width: `${Math.min(1, share) * 100}%` }} />
          </div>
          {share >= NEAR && (
            <p>
              <StateLine kind={share >= 1 ? "bad" : "warn"}>
                {t(share >= 1 ? "coin.sold.above" : "coin.sold.near")}
              </StateLine>
            </p>
          )}
          <p className="text-ink-2">{t("coin.sold.text")}</p>
        </div>
      )}
    </Card>
  );
}
