import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { listChannels, listContacts } from "#kernel/api";
import { type NoticeTopic, subscribeContact } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { noticeKeys } from "../queries.ts";
import { ValuePicker } from "../value-picker.tsx";

const fewestLetters = 2;
const fewestEvidence = 10;
const evidenceMost = 500;
/** The chat on the page cannot be begun by the company. */
const begun = ["whatsapp", "telegram", "email"];

/** Somebody asked at the counter or by telephone: nobody is subscribed without saying what proves it. */
export function SubscriberForm({ topic, onDone }: { topic: NoticeTopic; onDone(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const [contact, setContact] = useState<{ id: number; name: string } | null>(null);
  const [channelId, setChannelId] = useState("");
  const [language, setLanguage] = useState<"de" | "en">("de");
  const [values, setValues] = useState<string[]>([]);
  const [evidence, setEvidence] = useState("");
  const [isChecked, setChecked] = useState(false);
  const channels = useQuery({
    queryKey: ["channels"],
    queryFn: ({ signal }) => call(listChannels, {}, signal),
  });
  const usable = (channels.data?.items ?? []).filter(({ kind }) => begun.includes(kind));
  const parameter = topic.parameters.find(({ kind }) => kind !== "window");
  const chosen = channelId || String(usable[0]?.id ?? "");
  const isProven = evidence.trim().length >= fewestEvidence;
  const isChosen = !parameter?.required || values.length > 0;
  const saving = useMutation({
    mutationFn: (contactId: number) =>
      call(subscribeContact, {
        params: { id: contactId },
        body: {
          topicId: topic.id,
          channelId: Number(chosen),
          language,
          evidence,
          values: parameter && values.length > 0 ? { [parameter.key]: values } : {},
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: noticeKeys.all });
      showToast({ text: t("subscriber.added") });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (contact && isProven && isChosen && chosen !== "") saving.mutate(contact.id);
  };
  return (
    <form onSubmit={submit} noValidate className="mb-4 grid gap-4 border-b border-line pb-4">
      <p className="text-small text-ink-2">{t("subscriber.text")}</p>
      <ContactField chosen={contact} isMissing={isChecked && !contact} onChoose={setContact} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t("subscriber.channel")}
          value={chosen}
          options={usable.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => setChannelId(event.target.value)}
        />
        <SelectField
          label={t("details.language")}
          value={language}
          options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(event) => setLanguage(event.target.value as "de" | "en")}
        />
      </div>
      {parameter && (
        <ValuePicker
          label={t("subscriber.values")}
          help={isChecked && !isChosen ? t("subscriber.valuesFault") : t("subscriber.valuesHelp")}
          known={parameter.values}
          chosen={values}
          onChange={setValues}
        />
      )}
      <TextArea
        label={t("subscriber.evidence")}
        help={t("subscriber.evidenceHelp")}
        rows={2}
        maxLength={evidenceMost}
        value={evidence}
        error={isChecked && !isProven ? t("subscriber.evidenceFault") : null}
        onChange={(event) => setEvidence(event.target.value)}
      />
      <FailureRows error={saving.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("subscriber.add")}
        </Button>
        <Button onClick={onDone}>{t("subscriber.cancel")}</Button>
      </div>
    </form>
  );
}

interface ContactFieldProps {
  chosen: { id: number; name: string } | null;
  isMissing: boolean;
  onChoose(contact: { id: number; name: string } | null): void;
}

/** Found by a part of the name or the beginning of an address. */
function ContactField({ chosen, isMissing, onChoose }: ContactFieldProps) {
  const { t } = useText();
  const id = useId();
  const [words, setWords] = useState("");
  const wanted = words.trim();
  const found = useQuery({
    queryKey: ["subscriber", wanted],
    queryFn: ({ signal }) => call(listContacts, { query: { q: wanted, limit: 8 } }, signal),
    enabled: wanted.length >= fewestLetters && chosen === null,
  });
  if (chosen)
    return (
      <p className="flex flex-wrap items-center gap-3">
        <span className="font-strong">{chosen.name || t("advocate.noName")}</span>
        <Button onClick={() => onChoose(null)}>{t("subscriber.another")}</Button>
      </p>
    );
  return (
    <div className="grid gap-2">
      <TextField
        label={t("subscriber.who")}
        help={t("subscriber.whoHelp")}
        error={isMissing ? t("subscriber.whoFault") : null}
        value={words}
        autoComplete="off"
        onChange={(event) => setWords(event.target.value)}
      />
      <ul id={id} aria-label={t("subscriber.found")} className="flex flex-wrap gap-2 empty:hidden">
        {(found.data?.items ?? []).map((contact) => (
          <li key={contact.id}>
            <Button onClick={() => onChoose({ id: contact.id, name: contact.name })}>
              {contact.name || t("advocate.noName")}
            </Button>
          </li>
        ))}
      </ul>
      {found.data?.items.length === 0 && <p className="text-small text-ink-2">{t("subscriber.nobody")}</p>}
    </div>
  );
}
