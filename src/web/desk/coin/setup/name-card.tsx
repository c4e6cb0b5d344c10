import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type CoinSetup, saveCoin } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { useText } from "../../text/use-text.ts";
import { LegalLines } from "../legal-lines.tsx";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";

const most = 8;

/** What the coin is called, under which rules, and whose account the reserve is. */
export function NameCard({ coin }: { coin: CoinSetup }) {
  const { t } = useText();
  const [fields, setFields] = useState({
    name: coin.name,
    symbol: coin.symbol,
    legal: coin.legal,
    holder: coin.holder,
    iban: coin.iban,
    governorsNeeded: String(coin.governorsNeeded || 2),
    attestorsNeeded: String(coin.attestorsNeeded || 1),
  });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const refresh = useCoinChange();
  const saving = useMutation({
    mutationFn: () =>
      call(saveCoin, {
        body: {
          ...fields,
          symbol: fields.symbol.trim().toUpperCase(),
          governorsNeeded: Number(fields.governorsNeeded),
          attestorsNeeded: Number(fields.attestorsNeeded),
          revision: coin.revision,
        },
      }),
    onSuccess: (saved) => {
      showToast({ text: t("coin.setup.saved", { name: saved.name }) });
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Card title={t("coin.setup.name")}>
      <form onSubmit={submit} className="grid gap-4">
        <Names fields={fields} set={set} />
        <Choice
          label={t("coin.legal")}
          value={fields.legal}
          options={(["play", "voucher", "issuer"] as const)
            .filter((value) => value !== "issuer" || coin.mayBeIssuer)
            .map((value) => ({ value, label: t(`coin.legal.${value}`), help: t(`coin.legalHelp.${value}`) }))}
          onChange={(legal) => set({ legal })}
        />
        <LegalLines legal={fields.legal} />
        <CoinRefusal error={saving.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={saving.isPending}>
          {t("coin.setup.save")}
        </Button>
      </form>
    </Card>
  );
}

type Names = Record<"name" | "symbol" | "holder" | "iban" | "governorsNeeded" | "attestorsNeeded", string>;

function Names({ fields, set }: { fields: Names; set(part: Partial<Names>): void }) {
  const { t } = useText();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={t("coin.field.name")}
        required
        maxLength={60}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={t("coin.field.symbol")}
        help={t("coin.help.symbol")}
        required
        minLength={2}
        maxLength={6}
        pattern="[A-Za-z]{2,6}"
        value={fields.symbol}
        onChange={(event) => set({ symbol: event.target.value })}
      />
      <TextField
        label={t("coin.field.holder")}
        help={t("coin.help.holder")}
        maxLength={70}
        value={fields.holder}
        onChange={(event) => set({ holder: event.target.value })}
      />
      <TextField
        label={t("coin.field.iban")}
        maxLength={42}
        value={fields.iban}
        onChange={(event) => set({ iban: event.target.value })}
      />
      {(["governorsNeeded", "attestorsNeeded"] as const).map((name) => (
        <TextField
          key={name}
          label={t(`coin.field.${name}`)}
          help={t(`coin.help.${name}`)}
          type="number"
          min={1}
          max={most}
          required
          value={fields[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
    </div>
  );
}
