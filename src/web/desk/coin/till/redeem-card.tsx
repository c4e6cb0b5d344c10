import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  askRedemption,
  listOwnRedemptions,
  type TillMembership,
  type TillRedemption,
} from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { StateLine, Tag, type TagKind } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { AmountField, useReadAmount } from "../amount-field.tsx";
import { useMoney } from "../money.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";

const freshMs = 5_000;
const kinds: Record<TillRedemption["state"], TagKind> = {
  asked: "plain",
  accepted: "info",
  ordered: "info",
  paid: "ok",
  returned: "bad",
};

/** Coins back for euro on the company's account. Only a merchant can; a customer's coins are spent. */
export function RedeemCard({ member }: { member: TillMembership }) {
  const { t } = useText();
  const money = useMoney();
  const read = useReadAmount();
  const refresh = useCoinChange();
  const { symbol } = member.coin;
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState("");
  const amountMinor = read(typed);
  const asking = useMutation({
    mutationFn: (minor: number) =>
      call(askRedemption, { body: { key, amountMinor: minor, membershipId: member.id } }),
    onSuccess: () => {
      setKey(crypto.randomUUID());
      setTyped("");
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amountMinor !== null) asking.mutate(amountMinor);
  };
  return (
    <Card title={t("till.redeem")}>
      {member.coin.legal === "play" && (
        <p className="mb-3">
          <StateLine kind="info">{t("till.playMoney")}</StateLine>
        </p>
      )}
      <form onSubmit={submit} className="grid gap-3">
        <AmountField
          label={t("till.redeemAmount")}
          help={
            member.balanceMinor === null
              ? t("till.noLedger")
              : t("till.most", { amount: money.coins(member.balanceMinor, symbol) })
          }
          typed={typed}
          onChange={setTyped}
        />
        <p className="text-small wrap-anywhere text-ink-2">
          {t("till.redeemTo", { holder: member.redeemHolder, iban: member.redeemIban })}
        </p>
        <CoinRefusal error={asking.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={asking.isPending}>
          {t("till.redeemDo")}
        </Button>
      </form>
      <Redemptions symbol={symbol} />
    </Card>
  );
}

function Redemptions({ symbol }: { symbol: string }) {
  const { t, format, language } = useText();
  const money = useMoney();
  const list = useQuery({
    queryKey: ["till", "redemptions"],
    queryFn: ({ signal }) => call(listOwnRedemptions, {}, signal),
    staleTime: 0,
    refetchInterval: freshMs,
  });
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="mt-4 divide-y divide-line border-t border-line">
      {items.map((one) => (
        <li key={one.id} className="grid gap-1 py-2 text-small">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-strong">{money.coins(one.amountMinor, symbol)}</span>
            <Tag kind={kinds[one.state]}>{t(`till.redemption.${one.state}`)}</Tag>
            <span className="ml-auto text-ink-2">{format.moment(one.askedAt, Date.now())}</span>
          </p>
          {one.state === "returned" && <StateLine kind="bad">{one.sentence[language]}</StateLine>}
        </li>
      ))}
    </ul>
  );
}
