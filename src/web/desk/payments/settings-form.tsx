import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type PaySettings, type StoredSettings, savePaySettings } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { settingsQuery } from "./queries.ts";

const days = {
  dueDays: { min: 0, max: 365 },
  remindAfterDays: { min: 1, max: 60 },
  mostReminders: { min: 0, max: 3 },
  endDays: { min: 0, max: 730 },
} as const;
const accounts = ["bank", "provider", "cash", "receivables"] as const;
const accountDigits = 9;

/** Every setting of payments; saved as one. */
export function SettingsForm({ start }: { start: StoredSettings }) {
  const { t } = useText();
  const client = useQueryClient();
  const mayWrite = isManager(useMe());
  const [fields, setFields] = useState(start);
  const [others, setOthers] = useState(start.otherAccounts.join("\n"));
  const set = (part: Partial<PaySettings>) => setFields({ ...fields, ...part });
  const saving = useMutation({
    mutationFn: () => {
      const { missing: _, gaps: __, canAsk: ___, ...body } = fields;
      const otherAccounts = others
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
      return call(savePaySettings, { body: { ...body, otherAccounts } });
    },
    onSuccess: (saved) => {
      client.setQueryData(settingsQuery.queryKey, saved);
      showToast({ text: t("pay.saved") });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayWrite} className="grid gap-5">
        <legend className="ear-only">{t("pay.settings")}</legend>
        {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
        <AccountCard fields={fields} set={set} others={others} setOthers={setOthers} />
        <RulesCard fields={fields} set={set} gaps={start.gaps} />
        <BookCard fields={fields} set={set} />
        <PayFault error={saving.error} />
        {mayWrite && (
          <Button type="submit" variant="primary" className="justify-self-start" busy={saving.isPending}>
            {t("save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

interface PartProps {
  fields: PaySettings;
  set(part: Partial<PaySettings>): void;
}

function AccountCard({
  fields,
  set,
  others,
  setOthers,
}: PartProps & { others: string; setOthers(lines: string): void }) {
  const { t } = useText();
  return (
    <Card title={t("pay.account")}>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("pay.field.holder")}
          help={t("pay.holderHelp")}
          maxLength={70}
          value={fields.holder}
          onChange={(event) => set({ holder: event.target.value })}
        />
        <TextField
          label={t("pay.field.iban")}
          maxLength={42}
          autoComplete="off"
          value={fields.iban}
          onChange={(event) => set({ iban: event.target.value })}
        />
        <TextField
          label={t("pay.field.bic")}
          help={t("pay.bicHelp")}
          maxLength={11}
          autoComplete="off"
          value={fields.bic}
          onChange={(event) => set({ bic: event.target.value.toUpperCase() })}
        />
        <TextField
          label={t("pay.field.taxNumber")}
          help={t("pay.onReceipts")}
          maxLength={40}
          value={fields.taxNumber}
          onChange={(event) => set({ taxNumber: event.target.value })}
        />
        <TextArea
          label={t("pay.field.address")}
          help={t("pay.onReceipts")}
          rows={3}
          maxLength={300}
          value={fields.address}
          onChange={(event) => set({ address: event.target.value })}
        />
        <TextArea
          label={t("pay.field.otherAccounts")}
          help={t("pay.otherAccountsHelp")}
          rows={3}
          maxLength={500}
          value={others}
          onChange={(event) => setOthers(event.target.value)}
        />
      </div>
    </Card>
  );
}

function RulesCard({ fields, set, gaps }: PartProps & Pick<StoredSettings, "gaps">) {
  const { t, format } = useText();
  return (
    <Card title={t("pay.rules")}>
      <div className="grid gap-3 sm:grid-cols-2">
        {(Object.keys(days) as (keyof typeof days)[]).map((key) => (
          <TextField
            key={key}
            label={t(`pay.field.${key}`)}
            help={t(`pay.help.${key}`)}
            type="number"
            {...days[key]}
            value={fields[key]}
            onChange={(event) => set({ [key]: Number(event.target.value) })}
          />
        ))}
        <TextField
          label={t("pay.field.receiptPrefix")}
          isCode
          maxLength={6}
          value={fields.receiptPrefix}
          onChange={(event) => set({ receiptPrefix: event.target.value.toUpperCase() })}
        />
      </div>
      {gaps.map(({ from, to, at }) => (
        <p key={from} className="mt-3 text-ink-2">
          {t("pay.numberGap", { from, to, day: format.date(at) })}
        </p>
      ))}
    </Card>
  );
}

function BookCard({ fields: { bookkeeping }, set }: PartProps) {
  const { t } = useText();
  const setBook = (part: Partial<PaySettings["bookkeeping"]>) =>
    set({ bookkeeping: { ...bookkeeping, ...part } });
  return (
    <Card title={t("pay.bookkeeping")}>
      <p className="mb-3 max-w-[66ch] text-ink-2">{t("pay.bookkeepingText")}</p>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t("pay.field.adviser")}
          inputMode="numeric"
          maxLength={7}
          value={bookkeeping.adviser}
          onChange={(event) => setBook({ adviser: event.target.value })}
        />
        <TextField
          label={t("pay.field.client")}
          inputMode="numeric"
          maxLength={5}
          value={bookkeeping.client}
          onChange={(event) => setBook({ client: event.target.value })}
        />
        <TextField
          label={t("pay.field.yearBegins")}
          help={t("pay.yearHelp")}
          maxLength={5}
          value={bookkeeping.yearBegins}
          onChange={(event) => setBook({ yearBegins: event.target.value })}
        />
        {accounts.map((key) => (
          <TextField
            key={key}
            label={t(`pay.book.${key}`)}
            inputMode="numeric"
            maxLength={accountDigits}
            value={bookkeeping[key]}
            onChange={(event) => setBook({ [key]: event.target.value })}
          />
        ))}
      </div>
    </Card>
  );
}
