import type { CoinSetup } from "../../../skills/wallet/api.ts";
import { Card } from "../../ui/card.tsx";
import { useText } from "../text/use-text.ts";
import { minorOf, useMoney } from "./money.ts";

type Ledger = NonNullable<CoinSetup["ledger"]>;

/** Who decides, and what is the most that each may hold and pay. */
export function RulesCard({ coin, ledger }: { coin: CoinSetup; ledger: Ledger }) {
  const { t } = useText();
  const money = useMoney();
  const seated = (council: "governors" | "attestors") =>
    coin.council.filter((one) => one.council === council && one.isSeated).length;
  const said = (units: number | null) =>
    units === null ? t("coin.noLimit") : money.coins(minorOf(units), coin.symbol);
  const limited = ledger.limits.filter(
    ({ holdingMost, dayMost }) => holdingMost !== null || dayMost !== null,
  );
  return (
    <Card title={t("coin.rules")}>
      <dl className="grid gap-y-3 text-small">
        {(["governors", "attestors"] as const).map((council) => (
          <div key={council}>
            <dt className="text-ink-2">{t(`coin.council.${council}`)}</dt>
            <dd className="font-strong">
              {t("coin.kOfN", { needed: ledger.councils[council], members: seated(council) })}
            </dd>
          </div>
        ))}
        <div>
          <dt className="text-ink-2">{t("coin.legal")}</dt>
          <dd className="font-strong">{t(`coin.legal.${coin.legal}`)}</dd>
        </div>
        {limited.map(({ role, holdingMost, dayMost }) => (
          <div key={role}>
            <dt className="text-ink-2">{t.maybe(`coin.role.${role}`) ?? role}</dt>
            <dd>{t("coin.limitsAre", { holding: said(holdingMost), day: said(dayMost) })}</dd>
          </div>
        ))}
      </dl>
      {limited.length === 0 && <p className="mt-3 text-small text-ink-2">{t("coin.noLimits")}</p>}
    </Card>
  );
}
