import { useQuery } from "@tanstack/react-query";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import type { ParcelDraft, ParcelFault } from "./parcel-draft.ts";
import { carriersQuery } from "./queries.ts";

interface ParcelFieldsProps {
  draft: ParcelDraft;
  faults: ReadonlySet<ParcelFault>;
  hasConversation: boolean;
  onChange(part: Partial<ParcelDraft>): void;
}

const skills = ["cold", "age_check", "fragile"] as const;

/** What is sent, to whom, and whether the customer wants to hear of it. */
export function ParcelFields({ draft, faults, hasConversation, onChange }: ParcelFieldsProps) {
  const { t } = useText();
  const wrong = (name: ParcelFault) => (faults.has(name) ? t(`deliverySent.fault.${name}`) : null);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <TextField
          label={t("deliverySent.reference")}
          maxLength={120}
          value={draft.reference}
          onChange={(event) => onChange({ reference: event.target.value })}
        />
        <TextField
          label={t("deliverySent.parcels")}
          inputMode="numeric"
          value={draft.parcels}
          error={wrong("parcels")}
          onChange={(event) => onChange({ parcels: event.target.value })}
        />
      </div>
      <fieldset>
        <legend className="mb-1 text-small font-strong">{t("deliverySent.skills")}</legend>
        <div className="flex flex-wrap gap-2">
          {skills.map((skill) => (
            <label
              key={skill}
              className="inline-flex min-h-(--ah-control) cursor-pointer items-center gap-2 rounded-2 border border-line-strong bg-sheet px-3 text-desk has-checked:border-ink has-checked:bg-accent-soft has-checked:font-strong"
            >
              <input
                type="checkbox"
                className="size-4 accent-(--ah-accent)"
                checked={draft.skills.includes(skill)}
                onChange={(event) =>
                  onChange({
                    skills: event.target.checked
                      ? [...draft.skills, skill]
                      : draft.skills.filter((one) => one !== skill),
                  })
                }
              />
              {t(`deliverySent.skill.${skill}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        label={t("deliverySent.doorNote")}
        rows={2}
        maxLength={500}
        value={draft.doorNote}
        onChange={(event) => onChange({ doorNote: event.target.value })}
      />
      {hasConversation ? (
        <p className="text-ink-2">{t("deliverySent.fromConversation")}</p>
      ) : (
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField
            label={t("deliverySent.name")}
            maxLength={120}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
          <TextField
            label={t("deliverySent.phone")}
            type="tel"
            autoComplete="off"
            value={draft.phone}
            error={wrong("phone")}
            onChange={(event) => onChange({ phone: event.target.value })}
          />
          <TextField
            label={t("deliverySent.email")}
            type="email"
            autoComplete="off"
            value={draft.email}
            error={wrong("email")}
            onChange={(event) => onChange({ email: event.target.value })}
          />
        </div>
      )}
      <Consent draft={draft} wrong={wrong} onChange={onChange} />
    </>
  );
}

/** The exact words, so that they can be read out; and where the customer said yes. */
function Consent({
  draft,
  wrong,
  onChange,
}: Pick<ParcelFieldsProps, "draft" | "onChange"> & { wrong(name: ParcelFault): string | null }) {
  const { t, language } = useText();
  const words = useQuery(carriersQuery).data?.consentWords[language] ?? "";
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          className="mt-1 size-4 shrink-0 accent-(--ah-accent)"
          checked={draft.agreed}
          onChange={(event) => onChange({ agreed: event.target.checked })}
        />
        <span>
          <span className="block text-small font-strong">{t("deliverySent.agreed")}</span>
          <span className="block text-small text-ink-2">{t("deliverySent.words", { words })}</span>
        </span>
      </label>
      {draft.agreed && (
        <TextField
          label={t("deliverySent.evidence")}
          help={t("deliverySent.evidenceHelp")}
          maxLength={200}
          value={draft.evidence}
          error={wrong("evidence") ?? wrong("nobody")}
          onChange={(event) => onChange({ evidence: event.target.value })}
        />
      )}
    </div>
  );
}
