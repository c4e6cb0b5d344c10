import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Contact, updateContact } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

/** Name, firm, language and what colleagues should know. */
export function ContactDetails({ contact }: { contact: Contact }) {
  const { t } = useText();
  const [isEditing, setEditing] = useState(false);
  return (
    <PanelSection
      icon={<Pencil {...sectionIcon} />}
      title={t("details.title")}
      aside={
        !isEditing && (
          <button
            type="button"
            className="min-h-6 font-strong text-accent-text hover:underline"
            onClick={() => setEditing(true)}
          >
            {t("details.edit")}
          </button>
        )
      }
    >
      {isEditing ? (
        <DetailsForm contact={contact} onDone={() => setEditing(false)} />
      ) : (
        <DetailsShown contact={contact} />
      )}
    </PanelSection>
  );
}

function DetailsShown({ contact }: { contact: Contact }) {
  const { t } = useText();
  const rows = [
    [t("details.company"), contact.company],
    [t("details.language"), contact.language && t(`language.${contact.language}`)],
  ] as const;
  return (
    <>
      <dl className="grid gap-1.5 text-small">
        {rows.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-3">
            <dt className="text-ink-2">{label}</dt>
            <dd className="text-right">
              {value || <span className="text-ink-3">{t("details.unknown")}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {contact.note && (
        <p className="mt-2 rounded-2 border border-dotted border-line-strong bg-sunken px-3 py-2 text-small whitespace-pre-wrap">
          {contact.note}
        </p>
      )}
    </>
  );
}

function DetailsForm({ contact, onDone }: { contact: Contact; onDone(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const [fields, setFields] = useState({
    name: contact.name,
    company: contact.company,
    note: contact.note,
    language: contact.language ?? "",
  });
  const isNamed = fields.name.trim() !== "";
  const saving = useMutation({
    mutationFn: () => {
      const { name, language, ...rest } = fields;
      const spoken = language === "de" || language === "en" ? language : null;
      return call(updateContact, {
        params: { id: contact.id },
        body: { ...rest, ...(isNamed && { name }), language: spoken },
      });
    },
    onSuccess: (saved) => {
      client.setQueryData(["contact", contact.id], saved);
      showToast({ text: t("details.saved") });
      onDone();
    },
  });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextField
        label={t("details.name")}
        value={fields.name}
        maxLength={200}
        autoFocus
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={t("details.company")}
        value={fields.company}
        maxLength={200}
        onChange={(event) => set({ company: event.target.value })}
      />
      <SelectField
        label={t("details.language")}
        value={fields.language}
        options={[
          { value: "", label: t("details.unknown") },
          { value: "de", label: t("language.de") },
          { value: "en", label: t("language.en") },
        ]}
        onChange={(event) => set({ language: event.target.value })}
      />
      <TextArea
        label={t("details.note")}
        help={t("details.noteHelp")}
        rows={3}
        maxLength={4000}
        value={fields.note}
        onChange={(event) => set({ note: event.target.value })}
      />
      <FailureRows error={saving.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
