import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { addConsent, type Contact } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { queries } from "../../session/queries.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import type { Begun, Purpose } from "./contact-consents.tsx";

interface FormProps {
  contact: Contact;
  begun: Begun;
  /** Only those that need consent. */
  purposes: readonly Purpose[];
  onDone(): void;
}

function useFields(contact: Contact, begun: Begun, purposes: readonly Purpose[]) {
  const { language: spoken } = useText();
  const [first] = purposes;
  const language = contact.language === "en" || contact.language === "de" ? contact.language : spoken;
  return useState(
    begun === "empty"
      ? {
          purpose: first?.id ?? "",
          channelId: 0,
          topic: "",
          language,
          text: first?.text[language] ?? "",
          evidence: "",
        }
      : {
          purpose: begun.purpose,
          channelId: begun.channelId,
          topic: begun.topic,
          language: begun.language,
          text: begun.text,
          evidence: "",
        },
  );
}

/** Records a consent that was given to a member of staff. Without words and evidence it is none. */
export function ConsentForm({ contact, begun, purposes, onDone }: FormProps) {
  const { t, language: spoken } = useText();
  const client = useQueryClient();
  const channels = useQuery(queries.channels).data?.items ?? [];
  const [fields, setFields] = useFields(contact, begun, purposes);
  const [isChecked, setChecked] = useState(false);
  const channelId = fields.channelId || (channels[0]?.id ?? 0);
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const saving = useMutation({
    mutationFn: () => {
      const { purpose, topic, language, text, evidence } = fields;
      return call(addConsent, {
        params: { id: contact.id },
        body: { channelId, purpose, topic, language, text, evidence: { note: evidence.trim() } },
      });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["consents"] });
      showToast({ text: t("consents.recorded") });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (fields.text.trim() && fields.evidence.trim()) saving.mutate();
  };
  if (purposes.length === 0) return <p className="mt-3 text-small text-ink-2">{t("consents.noPurpose")}</p>;
  return (
    <form onSubmit={submit} noValidate className="mt-4 grid gap-3 border-t border-line pt-4">
      <SelectField
        label={t("consents.purpose")}
        value={fields.purpose}
        options={purposes.map(({ id, text }) => ({ value: id, label: text[spoken] }))}
        onChange={(event) => set({ purpose: event.target.value })}
      />
      <SelectField
        label={t("notices.channel")}
        value={String(channelId)}
        options={channels.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(event) => set({ channelId: Number(event.target.value) })}
      />
      <TextField
        label={t("consents.topic")}
        help={t("consents.topicHelp")}
        maxLength={200}
        value={fields.topic}
        onChange={(event) => set({ topic: event.target.value })}
      />
      <SelectField
        label={t("details.language")}
        value={fields.language}
        options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(event) => set({ language: event.target.value as "de" | "en" })}
      />
      <TextArea
        label={t("consents.text")}
        lang={fields.language}
        rows={3}
        maxLength={4000}
        value={fields.text}
        error={isChecked && !fields.text.trim() ? t("consents.textMissing") : null}
        onChange={(event) => set({ text: event.target.value })}
      />
      <TextArea
        label={t("consents.evidence")}
        help={t("consents.evidenceHelp")}
        rows={2}
        maxLength={2000}
        value={fields.evidence}
        error={isChecked && !fields.evidence.trim() ? t("consents.evidenceMissing") : null}
        onChange={(event) => set({ evidence: event.target.value })}
      />
      <FailureRows error={saving.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("consents.record")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
