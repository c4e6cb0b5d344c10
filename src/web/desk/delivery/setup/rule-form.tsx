import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type PartnerReply, putSenderRule, type SenderRule } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { readAmount, typedAmount } from "../../business/amounts.ts";
import { useText } from "../../text/use-text.ts";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { TakesBack } from "./takes-back.tsx";

const proofs = ["none", "code", "photo", "signature"] as const;
const failures = ["another_window", "collect", "return"] as const;
const usual: SenderRule = {
  proof: "none",
  afterFailure: "another_window",
  compensationMinor: 0,
  paysPercent: 100,
  tries: 2,
  collectDays: 7,
  takesBack: false,
  takesBackWords: "",
};

/** What this sender wants of the parcels that we bring for it. */
export function RuleForm({ partner, onDone }: { partner: PartnerReply; onDone(): void }) {
  const { t, language } = useText();
  const refresh = useSetupChange();
  const start = partner.rule ?? usual;
  const [proof, setProof] = useState(start.proof);
  const [afterFailure, setAfterFailure] = useState(start.afterFailure);
  const [taking, setTaking] = useState({
    takesBack: start.takesBack,
    takesBackWords: start.takesBackWords,
  });
  const [typed, setTyped] = useState({
    compensation: typedAmount(start.compensationMinor, { places: 2, least: 2, language }),
    pays: String(start.paysPercent),
    tries: String(start.tries),
    collectDays: String(start.collectDays),
  });
  const compensationMinor = readAmount(typed.compensation.trim() || "0", 2, language);
  const [paysPercent, tries] = [Number(typed.pays), Number(typed.tries)];
  const collectDays = Number(typed.collectDays);
  const wrong = {
    compensation: compensationMinor === null || compensationMinor > 100_000,
    pays: !(Number.isInteger(paysPercent) && paysPercent >= 0 && paysPercent <= 100),
    tries: !(Number.isInteger(tries) && tries >= 1 && tries <= 5),
    collectDays: !(Number.isInteger(collectDays) && collectDays >= 1 && collectDays <= 60),
  };
  const saving = useMutation({
    mutationFn: (body: SenderRule) => call(putSenderRule, { params: { id: partner.tenantId }, body }),
    onSuccess: async () => {
      onDone();
      await refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.values(wrong).some(Boolean) || compensationMinor === null) return;
    saving.mutate({
      proof,
      afterFailure,
      compensationMinor,
      paysPercent,
      tries,
      collectDays,
      ...taking,
    });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 rounded-2 border border-line p-4 sm:grid-cols-2">
      <SelectField
        label={t("deliverySetup.field.proof")}
        value={proof}
        options={proofs.map((value) => ({ value, label: t(`deliverySetup.proof.${value}`) }))}
        onChange={(event) => setProof(event.target.value as typeof proof)}
      />
      <SelectField
        label={t("deliverySetup.rule.afterFailure")}
        value={afterFailure}
        options={failures.map((value) => ({ value, label: t(`deliverySetup.after.${value}`) }))}
        onChange={(event) => setAfterFailure(event.target.value as typeof afterFailure)}
      />
      {(["compensation", "pays", "tries", "collectDays"] as const).map((name) => (
        <TextField
          key={name}
          label={t(`deliverySetup.rule.${name}`)}
          inputMode="decimal"
          value={typed[name]}
          error={wrong[name] ? t("deliverySetup.fault.number") : null}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      ))}
      <TakesBack {...taking} onChange={(part) => setTaking({ ...taking, ...part })} />
      <div className="flex flex-wrap items-center gap-2 sm:col-span-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
        <Refusal error={saving.error} />
      </div>
    </form>
  );
}
