import type { Content } from "../../../skills/business/api.ts";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { DateField } from "../text/date-field.tsx";
import { useText } from "../text/use-text.ts";

export type Words = Pick<
  Content,
  "language" | "currency" | "validUntil" | "intro" | "delivery" | "terms" | "taxNote"
>;
const currencies = ["EUR", "CHF", "GBP", "USD", "PLN", "CZK", "DKK", "SEK", "NOK"] as const;

/** Everything of a draft but its lines. */
export function WordsCard({ words, set }: { words: Words; set(part: Partial<Words>): void }) {
  const { t } = useText();
  return (
    <Card title={t("business.words")}>
      <div className="grid gap-3 sm:grid-cols-3">
        <DateField
          label={t("business.field.validUntil")}
          value={words.validUntil}
          onChange={(validUntil) => set({ validUntil })}
        />
        <SelectField
          label={t("business.field.language")}
          value={words.language}
          options={[
            { value: "de", label: t("language.de") },
            { value: "en", label: t("language.en") },
          ]}
          onChange={(event) => set({ language: event.target.value === "en" ? "en" : "de" })}
        />
        <SelectField
          label={t("business.field.currency")}
          value={words.currency}
          options={currencies.map((value) => ({ value, label: value }))}
          onChange={(event) => set({ currency: event.target.value as Words["currency"] })}
        />
      </div>
      <div className="mt-3 grid gap-3">
        <TextField
          label={t("business.field.delivery")}
          maxLength={500}
          value={words.delivery}
          onChange={(event) => set({ delivery: event.target.value })}
        />
        <TextArea
          label={t("business.field.intro")}
          help={t("business.introHelp")}
          rows={2}
          maxLength={2000}
          value={words.intro}
          onChange={(event) => set({ intro: event.target.value })}
        />
        <TextArea
          label={t("business.field.terms")}
          rows={4}
          maxLength={4000}
          value={words.terms}
          onChange={(event) => set({ terms: event.target.value })}
        />
        <TextField
          label={t("business.field.taxNote")}
          help={t("business.taxNoteHelp")}
          maxLength={300}
          value={words.taxNote}
          onChange={(event) => set({ taxNote: event.target.value })}
        />
      </div>
    </Card>
  );
}
