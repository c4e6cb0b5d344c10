import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import type { CoinSetup } from "../../../skills/wallet/api.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { StateLine, Tag } from "../../ui/tag.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { AttestationsCard } from "./attestations-card.tsx";
import { CoinFrame } from "./coin-frame.tsx";
import { coverageOf } from "./coverage.ts";
import { CoverageChart } from "./coverage-chart.tsx";
import { minorOf, useMoney } from "./money.ts";
import { coinQuery } from "./queries.ts";
import { RulesCard } from "./rules-card.tsx";
import { SetupCards } from "./setup/setup-cards.tsx";
import { SoldCard } from "./sold-card.tsx";

/** What stands behind the coin; before it has begun, its setup. */
export function CoveragePage() {
  const { t } = useText();
  const asked = useQuery(coinQuery);
  const coin = asked.data;
  if (coin?.ledger) return <Coverage coin={coin} ledger={coin.ledger} />;
  return (
    <CoinFrame title={t("coin.setup.title")} subtitle={t("coin.setup.subtitle")}>
      {asked.isPending && <Waiting rows={6} label={t("coin.loading")} />}
      {asked.error && !coin && (
        <Failure error={asked.error} title={t("coin.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {coin?.state === "open" && (
        <p role="status">
          <StateLine kind="warn">{t("coin.noLedger")}</StateLine>
        </p>
      )}
      {coin && coin.state !== "open" && <SetupCards key={coin.revision} coin={coin} />}
    </CoinFrame>
  );
}

type Ledger = NonNullable<CoinSetup["ledger"]>;

function Coverage({ coin, ledger }: { coin: CoinSetup; ledger: Ledger }) {
  const { t } = useText();
  return (
    <CoinFrame
      title={t("coin.coverage")}
      subtitle={t("coin.coverageText", { name: coin.name })}
      actions={
        <a href={coin.page} target="_blank" rel="noreferrer" className={buttonClass()}>
          <ExternalLink size={18} strokeWidth={1.75} aria-hidden="true" />
          {t("coin.publicPage")}
        </a>
      }
    >
      {coin.legal === "play" && (
        <p className="mb-5">
          <StateLine kind="info">{t("coin.playMoney")}</StateLine>
        </p>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-5">
          <Figures coin={coin} ledger={ledger} />
          <AttestationsCard coin={coin} ledger={ledger} />
        </div>
        <div className="grid gap-5">
          <StateCard ledger={ledger} symbol={coin.symbol} />
          <SoldCard />
          <RulesCard coin={coin} ledger={ledger} />
        </div>
      </div>
    </CoinFrame>
  );
}

function Figures({ coin, ledger }: { coin: CoinSetup; ledger: Ledger }) {
  const { t, format } = useText();
  const money = useMoney();
  const [euro] = ledger.attested;
  const { state, share } = coverageOf(ledger);
  const supply = minorOf(ledger.supply);
  const kind = { none: "plain", full: "ok", stale: "warn", short: "bad" } as const;
  return (
    <Card>
      <div className="flex flex-wrap items-start gap-x-12 gap-y-4">
        <Figure label={t("coin.reserve")} value={euro ? money.plain(euro.amount) : "–"} unit="€" />
        <Figure label={t("coin.supply")} value={money.plain(supply)} unit={coin.symbol} />
        <div className="ml-auto grid justify-items-end gap-1 text-small text-ink-2">
          <Tag kind={kind[state]}>
            {t(`coin.state.${state}`)}
            {share !== null && `, ${money.percent(share)}`}
          </Tag>
          {euro && <span>{t("coin.statedAt", { date: format.date(iso(euro.statedAt)) })}</span>}
        </div>
      </div>
      <CoverageChart points={coin.series} symbol={coin.symbol} />
      <p className="mt-4 text-small text-ink-2">{t("coin.noOverride")}</p>
    </Card>
  );
}

function Figure({ label, value, unit }: { label: string; value: string; unit: string }) {
  return (
    <p>
      <span className="block text-small text-ink-2">{label}</span>
      <span className="font-head text-h1 font-heavy">{value}</span>{" "}
      <span className="text-small text-ink-2">{unit}</span>
    </p>
  );
}

function StateCard({ ledger, symbol }: { ledger: Ledger; symbol: string }) {
  const { t, format } = useText();
  const money = useMoney();
  const { exchange, sealed, height } = ledger;
  return (
    <Card title={t("coin.now")}>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 text-small">
        <dt className="text-ink-2">{t("coin.atExchange")}</dt>
        <dd className="font-strong">{money.coins(minorOf(exchange.balance), symbol)}</dd>
        <dt className="text-ink-2">{t("coin.toBurn")}</dt>
        <dd className="font-strong">{money.coins(minorOf(exchange.held), symbol)}</dd>
        <dt className="text-ink-2">{t("coin.height")}</dt>
        <dd className="font-strong">{format.number(height)}</dd>
        <dt className="text-ink-2">{t("coin.sealed")}</dt>
        <dd className="font-strong">
          {sealed ? t("coin.sealedAt", { height: sealed.height }) : t("coin.notSealed")}
        </dd>
      </dl>
    </Card>
  );
}

const iso = (ms: number): string => new Date(ms).toISOString();
