import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { type getLetterhead, type Letterhead, saveLetterhead } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { readAmount, typedAmount } from "./amounts.ts";
import { BusinessFrame } from "./business-frame.tsx";
import { Faults } from "./faults.tsx";
import { letterheadQuery } from "./queries.ts";

type Stored = ReplyOf<typeof getLetterhead>;
const groups = {
  "business.sender": ["legalName", "street", "postalCode", "city", "country", "phone", "email", "website"],
  "business.legal": ["directors", "register", "vatId", "taxNumber"],
  "business.bank": ["bank", "iban", "bic"],
} as const;
const most: Partial<Record<keyof Letterhead, number>> = {
  country: 2,
  postalCode: 20,
  vatId: 20,
  iban: 42,
  bic: 11,
};
const usualMost = 100;

/** What stands at the head and foot of every document. */
export function LetterheadPage() {
  const { t } = useText();
  const stored = useQuery(letterheadQuery);
  return (
    <BusinessFrame title={t("business.shelf.letterhead")} subtitle={t("business.letterheadText")}>
      {stored.isPending && <Waiting rows={6} label={t("business.loading")} />}
      {stored.error && (
        <Failure error={stored.error} title={t("business.notLoaded")} retry={() => void stored.refetch()} />
      )}
      {stored.data && <LetterheadForm key={stored.data.revision} start={stored.data} />}
    </BusinessFrame>
  );
}

function LetterheadForm({ start }: { start: Stored }) {
  const { t, language, format } = useText();
  const client = useQueryClient();
  const mayWrite = isManager(useMe());
  const [fields, setFields] = useState(start);
  const [tax, setTax] = useState(typedAmount(start.taxBp, { places: 2, least: 0, language }));
  const set = (part: Partial<Stored>) => setFields({ ...fields, ...part });
  const saving = useMutation({
    mutationFn: () => {
      const { missing: _, gaps: __, ...body } = fields;
      return call(saveLetterhead, { body: { ...body, taxBp: readAmount(tax, 2, language) ?? start.taxBp } });
    },
    onSuccess: (saved) => {
      client.setQueryData(letterheadQuery.queryKey, saved);
      showToast({ text: t("business.saved") });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayWrite} className="grid max-w-[860px] gap-5">
        <legend className="ear-only">{t("business.shelf.letterhead")}</legend>
        {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
        {Object.entries(groups).map(([title, keys]) => (
          <Card key={title} title={t(title as keyof typeof groups)}>
            <div className="grid gap-3 sm:grid-cols-2">
              {keys.map((key) => (
                <TextField
                  key={key}
                  label={t(`business.field.${key}`)}
                  value={fields[key]}
                  maxLength={most[key] ?? usualMost}
                  onChange={(event) =>
                    set({ [key]: key === "country" ? event.target.value.toUpperCase() : event.target.value })
                  }
                />
              ))}
            </div>
          </Card>
        ))}
        <Card title={t("business.usual")}>
          <div className="grid gap-3 sm:grid-cols-4">
            <TextField
              label={t("business.field.validDays")}
              type="number"
              min={1}
              max={365}
              value={fields.validDays}
              onChange={(event) => set({ validDays: Number(event.target.value) })}
            />
            <TextField
              label={t("business.field.tax")}
              inputMode="decimal"
              value={tax}
              maxLength={6}
              onChange={(event) => setTax(event.target.value)}
            />
            {(["quotationPrefix", "confirmationPrefix"] as const).map((key) => (
              <TextField
                key={key}
                label={t(`business.field.${key}`)}
                isCode
                maxLength={6}
                value={fields[key]}
                onChange={(event) => set({ [key]: event.target.value.toUpperCase() })}
              />
            ))}
          </div>
          {start.gaps.map(({ from, to, at }) => (
            <p key={from} className="mt-3 text-ink-2">
              {t("business.numberGap", { from, to, day: format.date(at) })}
            </p>
          ))}
          <div className="mt-3 grid gap-3">
            {(["de", "en"] as const).map((of) => (
              <TextArea
                key={of}
                label={t("business.termsIn", { language: t(`language.${of}`) })}
                rows={3}
                maxLength={4000}
                value={fields.terms[of]}
                onChange={(event) => set({ terms: { ...fields.terms, [of]: event.target.value } })}
              />
            ))}
          </div>
        </Card>
        <Faults error={saving.error} />
        {mayWrite && (
          <Button type="submit" variant="primary" className="justify-self-start" busy={saving.isPending}>
            {t("save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
