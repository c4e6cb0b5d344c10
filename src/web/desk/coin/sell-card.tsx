import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type CoinSetup, type Sale, sellCoins } from "../../../skills/wallet/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";
import { AmountField, useReadAmount } from "./amount-field.tsx";
import { shortHash } from "./attestations-card.tsx";
import { useMoney } from "./money.ts";
import { bareAccount } from "./proposals/rule-fields.tsx";
import { salesQuery, useCoinChange } from "./queries.ts";
import { CoinRefusal } from "./refusal.tsx";

interface SellCardProps {
  coin: CoinSetup;
  /** An account, an invitation, or the link of one. */
  to: string;
  onTo(to: string): void;
}

const ways = ["cash", "transfer", "card"] as const;

/** Euro in, coins out: from what the exchange holds, never from nothing. */
export function SellCard({ coin, to, onTo }: SellCardProps) {
  const { t } = useText();
  const money = useMoney();
  const read = useReadAmount();
  const refresh = useCoinChange();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState("");
  const [by, setBy] = useState<(typeof ways)[number]>("cash");
  const [isIdentified, setIdentified] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const amountMinor = read(typed);
  const target = readTarget(to);
  const selling = useMutation({
    mutationFn: (body: { to: string; amountMinor: number }) =>
      call(sellCoins, { body: { ...body, key, by, isIdentified } }),
    onSuccess: () => {
      setKey(crypto.randomUUID());
      setTyped("");
      setChecked(false);
      // The next customer is somebody else.
      onTo("");
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (target !== null && amountMinor !== null) selling.mutate({ to: target, amountMinor });
  };
  return (
    <Card title={t("coin.sell")}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <TextField
          label={t("coin.sellTo")}
          help={t("coin.sellToHelp")}
          isCode
          autoComplete="off"
          value={to}
          error={isChecked && target === null ? t("coin.refused.field.account") : null}
          onChange={(event) => onTo(event.target.value)}
        />
        <AmountField
          label={t("coin.sellAmount")}
          help={t("coin.sellHelp", { symbol: coin.symbol })}
          typed={typed}
          onChange={setTyped}
        />
        <Choice
          label={t("coin.paidBy")}
          value={by}
          options={ways.map((value) => ({ value, label: t(`coin.paidBy.${value}`) }))}
          onChange={(way) => setBy(way)}
        />
        <Switch
          label={t("coin.identified")}
          help={t("coin.identifiedHelp")}
          words={{ on: t("on"), off: t("off") }}
          checked={isIdentified}
          onChange={setIdentified}
        />
        <CoinRefusal error={selling.error} />
        {selling.data && !selling.isPending && (
          <p role="status">
            <SaleResult made={selling.data} symbol={coin.symbol} />
          </p>
        )}
        {isChecked && amountMinor === null && (
          <p role="alert">
            <StateLine kind="bad">{t("coin.amountUnread")}</StateLine>
          </p>
        )}
        <Button type="submit" variant="primary" className="justify-self-start" busy={selling.isPending}>
          {amountMinor === null
            ? t("coin.sellDo")
            : t("coin.sellDoFor", {
                amount: money.coins(amountMinor, coin.symbol),
                euro: money.euro(amountMinor),
              })}
        </Button>
      </form>
    </Card>
  );
}

/** Green is only what the ledger has; a sale that waits is asked for with the list of all. */
function SaleResult({ made, symbol }: { made: Sale; symbol: string }) {
  const { t, language } = useText();
  const money = useMoney();
  const listed = useQuery(salesQuery).data?.items.find(({ id }) => id === made.id);
  const { state, account, amountMinor, sentence } = listed ?? made;
  const of = { amount: money.coins(amountMinor, symbol), account: shortHash(account) };
  if (state === "done") return <StateLine kind="ok">{t("coin.sellDone", of)}</StateLine>;
  if (state === "asked" || state === "waiting")
    return <StateLine kind="warn">{t("coin.sellWaits", of)}</StateLine>;
  return (
    <StateLine kind="bad">
      {t("coin.sellFailed", of)} {sentence[language]}
    </StateLine>
  );
}

/** Of an invitation the whole TENANT.HEX, of everything else the account. */
function readTarget(text: string): string | null {
  const trimmed = text.trim();
  const invitation = /^(?:.*#i=)?([1-9]\d{0,8}\.[0-9a-f]{32})$/.exec(trimmed)?.[1];
  return /#a=/.test(trimmed) ? bareAccount(trimmed) : (invitation ?? bareAccount(trimmed));
}
