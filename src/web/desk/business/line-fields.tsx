import { Trash2 } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { lineNetCents } from "../../../skills/business/api/totals.ts";
import { IconButton } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { shownMoney } from "./amounts.ts";
import { isBlank, readLine, type TypedLine } from "./draft-lines.ts";

interface LineProps {
  line: TypedLine;
  place: number;
  currency: string;
  /** Faults are said once somebody has tried to save. */
  saysFaults: boolean;
  textRef?: Ref<HTMLInputElement>;
  onChange(line: TypedLine): void;
  onRemove(): void;
  /** Enter in any field: the next line. */
  onNext(): void;
}

const pers = ["1", "10", "100", "1000"];

/** One line of a quotation: in a row on wide screens, in a block on phones. */
export function LineFields({
  line,
  place,
  currency,
  saysFaults,
  textRef,
  onChange,
  onRemove,
  onNext,
}: LineProps) {
  const { t, format, language } = useText();
  const set = (part: Partial<TypedLine>) => onChange({ ...line, ...part });
  const read = readLine(line, language);
  const fault = typeof read === "string" && saysFaults && !isBlank(line) ? read : null;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    onNext();
  };
  const field = (key: "text" | "quantity" | "unit" | "price" | "discount" | "tax", most: number) => ({
    label: t("business.lineField", { field: t(`business.field.${key}`), place }),
    hideLabel: true,
    value: line[key],
    maxLength: most,
    "aria-invalid": fault === key ? true : undefined,
    onKeyDown: onKey,
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
  });
  return (
    <li className="grid grid-cols-6 gap-2 border-b border-line py-3 lg:grid-cols-[2rem_1fr_6rem_5.5rem_6rem_5.5rem_5rem_4.5rem_7rem_2.5rem] lg:items-center">
      <span className="self-center text-small text-ink-2 tabular-nums">{place}</span>
      <div className="col-span-5 lg:col-span-1">
        <TextField {...field("text", 1000)} ref={textRef} placeholder={t("business.field.text")} />
      </div>
      <Cell label={t("business.field.quantity")}>
        <TextField {...field("quantity", 14)} inputMode="decimal" className="[&_input]:text-right" />
      </Cell>
      <Cell label={t("business.field.unit")}>
        <TextField {...field("unit", 20)} />
      </Cell>
      <Cell label={t("business.field.price")}>
        <TextField {...field("price", 16)} inputMode="decimal" className="[&_input]:text-right" />
      </Cell>
      <Cell label={t("business.field.per")}>
        <SelectField
          label={t("business.lineField", { field: t("business.field.per"), place })}
          hideLabel
          className="[&_select]:px-2 [&_select]:pr-0"
          value={line.per}
          options={pers.map((value) => ({ value, label: value }))}
          onChange={(event) => set({ per: event.target.value })}
        />
      </Cell>
      <Cell label={t("business.field.discount")}>
        <TextField {...field("discount", 6)} inputMode="decimal" className="[&_input]:text-right" />
      </Cell>
      <Cell label={t("business.field.tax")}>
        <TextField {...field("tax", 6)} inputMode="decimal" className="[&_input]:text-right" />
      </Cell>
      <span className="col-span-4 self-center text-right font-strong tabular-nums lg:col-span-1">
        {typeof read === "string" ? "–" : shownMoney(lineNetCents(read), currency, format.locale)}
      </span>
      <span className="col-span-2 justify-self-end lg:col-span-1">
        <IconButton icon={Trash2} label={t("business.removeLine", { place })} onClick={onRemove} />
      </span>
      {fault && (
        <p className="col-span-6 text-small font-medium text-bad lg:col-span-10">
          {t(`business.lineFault.${fault}`)}
        </p>
      )}
    </li>
  );
}

/** On phones each field says its name; on wide screens the head of the table does. */
function Cell({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="col-span-2 lg:col-span-1">
      <span aria-hidden="true" className="text-tiny text-ink-2 lg:hidden">
        {label}
      </span>
      {children}
    </div>
  );
}
