import { useState } from "react";
import { Choice } from "../../../ui/choice.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { AmountField, useReadAmount } from "../amount-field.tsx";
import { minorOf, useMoney } from "../money.ts";
import type { FieldsProps } from "./propose-dialog.tsx";

/** Coins for the exchange: no more than the reserve allows. */
export function MintFields({ coin, onChange }: FieldsProps) {
  const { t } = useText();
  const money = useMoney();
  const read = useReadAmount();
  const [typed, setTyped] = useState("");
  const ledger = coin.ledger;
  const reserve = ledger?.attested[0]?.amount ?? 0;
  const room = Math.max(0, reserve - minorOf(ledger?.supply ?? 0));
  return (
    <AmountField
      label={t("coin.amountOf", { symbol: coin.symbol })}
      help={t("coin.mintHelp", { room: money.coins(room, coin.symbol) })}
      typed={typed}
      autoFocus
      onChange={(next) => {
        setTyped(next);
        const amountMinor = read(next);
        onChange(amountMinor === null ? null : { kind: "mint", amountMinor });
      }}
    />
  );
}

/** Stops an account, or lets it go on; the reason is part of it. */
export function FreezeFields({ onChange }: FieldsProps) {
  const { t } = useText();
  const [fields, setFields] = useState({ account: "", reason: "", isFrozen: true });
  const set = (part: Partial<typeof fields>) => {
    const next = { ...fields, ...part };
    setFields(next);
    const account = bareAccount(next.account);
    const reason = next.reason.trim();
    const isWhole = account !== null && reason !== "";
    onChange(isWhole ? { kind: "freeze", account, isFrozen: next.isFrozen, reason } : null);
  };
  return (
    <>
      <Choice
        label={t("coin.freeze.what")}
        value={fields.isFrozen ? "freeze" : "thaw"}
        options={[
          { value: "freeze", label: t("coin.freeze.freeze") },
          { value: "thaw", label: t("coin.freeze.thaw") },
        ]}
        onChange={(value) => set({ isFrozen: value === "freeze" })}
      />
      <TextField
        label={t("coin.account")}
        help={t("coin.accountHelp")}
        isCode
        autoComplete="off"
        value={fields.account}
        error={
          fields.account.trim() !== "" && bareAccount(fields.account) === null
            ? t("coin.refused.field.account")
            : null
        }
        onChange={(event) => set({ account: event.target.value })}
      />
      <TextArea
        label={t("coin.freeze.reason")}
        help={t("coin.freeze.reasonHelp")}
        rows={3}
        maxLength={500}
        value={fields.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
    </>
  );
}

/** An account as it is shown, scanned or pasted: bare, behind its company, or as a whole link. @returns null for anything else */
export function bareAccount(text: string): string | null {
  return /(?:^|[.=])([0-9a-f]{32})$/.exec(text.trim().toLowerCase())?.[1] ?? null;
}

const roles = ["customer", "merchant", "exchange"] as const;

/** How much somebody may hold and pay in a day. */
export function LimitFields({ coin, onChange }: FieldsProps) {
  const { t } = useText();
  const read = useReadAmount();
  const [fields, setFields] = useState({ role: "customer" as (typeof roles)[number], holding: "", day: "" });
  const set = (part: Partial<typeof fields>) => {
    const next = { ...fields, ...part };
    setFields(next);
    const isWhole = [next.holding, next.day].every((typed) => typed.trim() === "" || read(typed) !== null);
    const amounts = { holdingMinor: read(next.holding), dayMinor: read(next.day) };
    onChange(isWhole ? { kind: "limit", role: next.role, ...amounts } : null);
  };
  return (
    <>
      <Choice
        label={t("coin.limit.who")}
        value={fields.role}
        options={roles.map((value) => ({ value, label: t(`coin.role.${value}`) }))}
        onChange={(role) => set({ role })}
      />
      <AmountField
        label={t("coin.limit.holding", { symbol: coin.symbol })}
        typed={fields.holding}
        onChange={(holding) => set({ holding })}
      />
      <AmountField
        label={t("coin.limit.day", { symbol: coin.symbol })}
        help={t("coin.limit.help")}
        typed={fields.day}
        onChange={(day) => set({ day })}
      />
    </>
  );
}
