import { type FormEvent, useState } from "react";
import type { CompanyInput } from "../../../skills/business/api.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";

export const blankCompany: CompanyInput = {
  name: "",
  number: "",
  street: "",
  postalCode: "",
  city: "",
  country: "DE",
  vatId: "",
  language: "de",
  note: "",
};

interface FormProps {
  start: CompanyInput;
  isBusy: boolean;
  error: unknown;
  onSave(input: CompanyInput): void;
  onCancel(): void;
}

const texts = ["number", "street", "postalCode", "city", "country", "vatId"] as const;
const most: Record<(typeof texts)[number], number> = {
  number: 40,
  street: 200,
  postalCode: 20,
  city: 100,
  country: 2,
  vatId: 20,
};

/** A company's own data. */
export function CompanyForm({ start, isBusy, error, onSave, onCancel }: FormProps) {
  const { t } = useText();
  const [fields, setFields] = useState(start);
  const set = (part: Partial<CompanyInput>) => setFields({ ...fields, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ ...fields, country: fields.country.toUpperCase() });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField
        label={t("business.field.name")}
        value={fields.name}
        required
        maxLength={200}
        autoFocus
        onChange={(event) => set({ name: event.target.value })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        {texts.map((key) => (
          <TextField
            key={key}
            label={t(`business.field.${key}`)}
            value={fields[key]}
            maxLength={most[key]}
            onChange={(event) => set({ [key]: event.target.value })}
          />
        ))}
        <SelectField
          label={t("business.field.language")}
          value={fields.language}
          options={[
            { value: "de", label: t("language.de") },
            { value: "en", label: t("language.en") },
          ]}
          onChange={(event) => set({ language: event.target.value === "en" ? "en" : "de" })}
        />
      </div>
      <TextArea
        label={t("business.field.note")}
        rows={2}
        maxLength={4000}
        value={fields.note}
        onChange={(event) => set({ note: event.target.value })}
      />
      <Faults error={error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t("save")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
