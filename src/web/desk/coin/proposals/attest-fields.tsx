import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { typedAmount } from "../../business/amounts.ts";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import { AmountField, useReadAmount } from "../amount-field.tsx";
import { useMoney } from "../money.ts";
import { statementQuery } from "../queries.ts";
import type { FieldsProps } from "./propose-dialog.tsx";

/** What a bank statement says the reserve is: from the newest imported one, or from a file that is hashed here. */
export function AttestFields({ coin, onChange }: FieldsProps) {
  const { t, format, language } = useText();
  const money = useMoney();
  const read = useReadAmount();
  const found = useQuery(statementQuery).data?.found ?? null;
  const [fields, setFields] = useState({ amount: "", date: "", statement: "" });
  const set = (part: Partial<typeof fields>) => setFields((before) => ({ ...before, ...part }));
  const { amount, date, statement } = fields;
  const amountMinor = read(amount);
  useEffect(() => {
    const isWhole = amountMinor !== null && date !== "" && /^[0-9a-f]{64}$/.test(statement);
    // What a statement of a day says holds from that day's beginning: never later than the moment it was made for.
    const statedAt = found && statement === found.statement ? found.statedAt : `${date}T00:00:00.000Z`;
    onChange(isWhole ? { kind: "attest", asset: "EUR", amountMinor, statedAt, statement } : null);
  }, [amountMinor, date, statement, found, onChange]);
  return (
    <>
      {found && (
        <div className="grid gap-2 rounded-2 border border-line p-3">
          <p className="text-small">
            {t("coin.attest.found", {
              amount: money.euro(found.amountMinor),
              date: format.date(found.statedAt),
            })}
          </p>
          <Button
            className="justify-self-start"
            onClick={() =>
              set({
                amount: typedAmount(found.amountMinor, { places: 2, least: 2, language }),
                date: format.dayOf(found.statedAt),
                statement: found.statement,
              })
            }
          >
            {t("coin.attest.take")}
          </Button>
        </div>
      )}
      {!found && (
        <p className="text-small">
          <StateLine kind="info">
            {coin.iban === "" ? t("coin.attest.noIban") : t("coin.attest.noneFound")}
          </StateLine>
        </p>
      )}
      <AmountField
        label={t("coin.attest.amount")}
        typed={amount}
        onChange={(typed) => set({ amount: typed, statement: typed === amount ? statement : "" })}
      />
      <DateField label={t("coin.attest.date")} value={date} onChange={(next) => set({ date: next })} />
      <StatementFile onHash={(hash) => set({ statement: hash })} />
      <TextField
        label={t("coin.checksum")}
        help={t("coin.attest.hashHelp")}
        isCode
        autoComplete="off"
        maxLength={64}
        value={statement}
        onChange={(event) => set({ statement: event.target.value.trim().toLowerCase() })}
      />
    </>
  );
}

/** The statement as the bank gave it is hashed in this browser and goes nowhere. */
function StatementFile({ onHash }: { onHash(hash: string): void }) {
  const { t } = useText();
  const take = async (file: File | undefined) => {
    if (!file) return;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    onHash(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  };
  return (
    <label className="grid gap-1 text-small font-strong">
      {t("coin.attest.file")}
      <input
        type="file"
        className="w-full text-small font-text text-ink-2 file:mr-3 file:min-h-(--ah-control) file:rounded-2 file:border file:border-line-strong file:bg-sheet file:px-4 file:font-strong file:text-ink"
        onChange={(event) => void take(event.target.files?.[0])}
      />
    </label>
  );
}
