import type { ReactNode } from "react";
import { TextField } from "../../ui/field.tsx";
import { readAmount } from "../business/amounts.ts";
import { useText } from "../text/use-text.ts";

interface AmountFieldProps {
  label: string;
  help?: ReactNode;
  typed: string;
  /** Only what was typed; `readAmount` reads it. */
  onChange(typed: string): void;
  autoFocus?: boolean;
}

/** An amount as people type it; what cannot be read is said at once. */
export function AmountField({ label, help, typed, onChange, autoFocus }: AmountFieldProps) {
  const { t, language } = useText();
  const isWrong = typed.trim() !== "" && readAmount(typed, 2, language) === null;
  return (
    <TextField
      label={label}
      help={help}
      inputMode="decimal"
      autoComplete="off"
      autoFocus={autoFocus}
      value={typed}
      error={isWrong ? t("coin.amountUnread") : null}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** @returns cents; null for nothing, zero and what cannot be read */
export function useReadAmount(): (typed: string) => number | null {
  const { language } = useText();
  return (typed) => readAmount(typed, 2, language) || null;
}
