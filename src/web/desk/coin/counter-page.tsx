import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CoinSetup, Sale } from "../../../skills/wallet/api.ts";
import { Card, Waiting } from "../../ui/card.tsx";
import { StateLine, Tag, type TagKind } from "../../ui/tag.tsx";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { shortHash } from "./attestations-card.tsx";
import { CoinFrame } from "./coin-frame.tsx";
import { InvitationCard } from "./invitation-card.tsx";
import { LegalLines } from "./legal-lines.tsx";
import { minorOf, useMoney } from "./money.ts";
import { coinQuery, salesQuery } from "./queries.ts";
import { SellCard } from "./sell-card.tsx";

/** The exchange's counter: a wallet is opened, coins are sold. */
export function CounterPage() {
  const { t } = useText();
  const asked = useQuery(coinQuery);
  const coin = asked.data;
  return (
    <CoinFrame title={t("coin.counter")} subtitle={t("coin.counterText")}>
      {asked.isPending && <Waiting rows={4} label={t("coin.loading")} />}
      {asked.error && !coin && (
        <Failure error={asked.error} title={t("coin.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {coin?.ledger && <Counter coin={coin} available={minorOf(coin.ledger.exchange.balance)} />}
    </CoinFrame>
  );
}

function Counter({ coin, available }: { coin: CoinSetup; available: number }) {
  const { t } = useText();
  const money = useMoney();
  // What was shown as a code just now is whom it is sold to, unless somebody else is named.
  const [to, setTo] = useState("");
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <div className="grid gap-5">
        <InvitationCard coin={coin} onMade={setTo} />
        <LegalLines legal={coin.legal} />
      </div>
      <div className="grid gap-5">
        <SellCard coin={coin} to={to} onTo={setTo} />
        <Sales symbol={coin.symbol} />
        <p className="text-small text-ink-2">
          {t("coin.atExchange")}: {money.coins(available, coin.symbol)}
        </p>
      </div>
    </div>
  );
}

const kinds: Record<Sale["state"], TagKind> = {
  asked: "plain",
  waiting: "plain",
  done: "ok",
  failed: "bad",
  cancelled: "off",
};

function Sales({ symbol }: { symbol: string }) {
  const { t, format, language } = useText();
  const money = useMoney();
  const sales = useQuery(salesQuery);
  const items = sales.data?.items ?? [];
  return (
    <Card title={t("coin.sales")}>
      {sales.isPending && <Waiting rows={2} label={t("coin.loading")} />}
      {!sales.data && <FailureRows error={sales.error} />}
      {sales.data && items.length === 0 && <p className="text-ink-2">{t("coin.noSales")}</p>}
      <ul className="divide-y divide-line">
        {items.map((one) => (
          <li key={one.id} className="grid gap-1 py-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-strong">{money.coins(one.amountMinor, symbol)}</span>
              <Tag kind={kinds[one.state]}>{t(`coin.sale.${one.state}`)}</Tag>
            </p>
            <p className="text-small text-ink-2">
              {[
                t(`coin.paidBy.${one.by}`),
                shortHash(one.account),
                format.moment(one.madeAt, Date.now()),
                one.madeBy,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
            {one.isTakenBack && <StateLine kind="bad">{t("coin.sale.takenBack")}</StateLine>}
            {one.state !== "done" && one.sentence[language] !== "" && (
              <StateLine kind="bad">{one.sentence[language]}</StateLine>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
