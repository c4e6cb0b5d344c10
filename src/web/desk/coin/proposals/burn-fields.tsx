import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { handIn } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { useText } from "../../text/use-text.ts";
import { AmountField, useReadAmount } from "../amount-field.tsx";
import { minorOf, useMoney } from "../money.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";
import type { FieldsProps } from "./propose-dialog.tsx";

/** Coins that the exchange has handed in end, or are handed back to it. */
export function BurnFields({ coin, onChange }: FieldsProps) {
  const { t } = useText();
  const money = useMoney();
  const preburns = coin.ledger?.preburns ?? [];
  const [chosen, setChosen] = useState("");
  const [way, setWay] = useState<"burn" | "cancel">("burn");
  const set = (next: { chosen?: string; way?: "burn" | "cancel" }) => {
    const preburn = next.chosen ?? chosen;
    const kind = next.way ?? way;
    setChosen(preburn);
    setWay(kind);
    onChange(preburn === "" ? null : { kind, preburn });
  };
  return (
    <>
      {preburns.length > 0 && (
        <>
          <Choice
            label={t("coin.burn.which")}
            value={chosen}
            options={preburns.map(({ id, amount }) => ({
              value: id,
              label: money.coins(minorOf(amount), coin.symbol),
              help: id.slice(0, 8),
            }))}
            onChange={(id) => set({ chosen: id })}
          />
          <Choice
            label={t("coin.burn.what")}
            value={way}
            options={[
              { value: "burn", label: t("coin.burn.burn") },
              { value: "cancel", label: t("coin.burn.cancel") },
            ]}
            onChange={(next) => set({ way: next })}
          />
        </>
      )}
      <HandIn coin={coin} />
    </>
  );
}

function HandIn({ coin }: Pick<FieldsProps, "coin">) {
  const { t } = useText();
  const money = useMoney();
  const read = useReadAmount();
  const refresh = useCoinChange();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState("");
  const amountMinor = read(typed);
  const handing = useMutation({
    mutationFn: (minor: number) => call(handIn, { body: { key, amountMinor: minor } }),
    onSuccess: () => {
      setKey(crypto.randomUUID());
      setTyped("");
      return refresh();
    },
  });
  return (
    <div className="grid gap-3 rounded-2 border border-line p-3">
      <AmountField
        label={t("coin.burn.handIn", { symbol: coin.symbol })}
        help={t("coin.burn.handInHelp", {
          amount: money.coins(minorOf(coin.ledger?.exchange.balance ?? 0), coin.symbol),
        })}
        typed={typed}
        onChange={setTyped}
      />
      <Button
        className="justify-self-start"
        busy={handing.isPending}
        onClick={() => amountMinor !== null && handing.mutate(amountMinor)}
      >
        {t("coin.burn.handInDo")}
      </Button>
      <CoinRefusal error={handing.error} />
    </div>
  );
}
