import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Colleague, createColleague, replaceColleague } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";
import { Problem } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { colleaguesQuery } from "../../conversations/colleagues/queries.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

/** Somebody new, or somebody who changes. */
export function ColleagueForm({ colleague, onDone }: { colleague?: Colleague; onDone?(): void }) {
  const { t, language: spoken } = useText();
  const client = useQueryClient();
  const empty = { name: "", email: "", topic: "", language: spoken };
  const [fields, setFields] = useState(colleague ?? empty);
  const [isChecked, setChecked] = useState(false);
  const saving = useMutation({
    mutationFn: () => {
      const { name, email, topic, language } = fields;
      const body = { name, email, topic, language };
      return colleague
        ? call(replaceColleague, { params: { id: colleague.id }, body })
        : call(createColleague, { body });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: colleaguesQuery.queryKey });
      if (!colleague) setFields(empty);
      setChecked(false);
      onDone?.();
    },
  });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (fields.name.trim() && fields.email.trim()) saving.mutate();
  };
  const missing = (value: string) => (isChecked && !value.trim() ? t("colleagues.missing") : null);
  const refused = saving.error instanceof Problem ? saving.error.fields : [];
  const fault = refused.map(({ message }) => t.maybe(`colleagues.fault.email.${message}`))[0] ?? null;
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <TextField
        label={t("colleagues.name")}
        maxLength={80}
        value={fields.name}
        error={missing(fields.name)}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={t("colleagues.email")}
        type="email"
        maxLength={200}
        value={fields.email}
        error={missing(fields.email) ?? fault}
        onChange={(event) => set({ email: event.target.value })}
      />
      <TextField
        label={t("colleagues.topic")}
        maxLength={120}
        value={fields.topic}
        onChange={(event) => set({ topic: event.target.value })}
      />
      <Choice
        label={t("colleagues.language")}
        value={fields.language}
        options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(language) => set({ language })}
      />
      {fault === null && <FailureRows error={saving.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t(colleague ? "colleagues.save" : "colleagues.add")}
        </Button>
        {onDone && <Button onClick={onDone}>{t("cancel")}</Button>}
      </div>
    </form>
  );
}
