import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  createNoticeTemplate,
  replaceNoticeTemplate,
  type TemplateInput,
} from "../../../skills/notices/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { noticeTemplatesQuery, noticeTopicsQuery } from "./queries.ts";
import type { NoticeTemplate } from "./templates-page.tsx";

const categories = ["utility", "marketing", "authentication"] as const;
const states = ["pending", "approved", "rejected", "paused", "disabled"] as const;
const serves = ["notice", "warning"] as const;
const fillings = ["title", "text", "topic", "until"] as const;
const empty: TemplateInput = {
  name: "",
  language: "de",
  category: "utility",
  body: "",
  variables: [],
  state: "pending",
  serves: "notice",
};

/** A template as it stands at the provider; the desk does not send it there. */
export function TemplateForm({ template, onDone }: { template: NoticeTemplate | null; onDone?(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const [fields, setFields] = useState<TemplateInput>(template ?? empty);
  const [isChecked, setChecked] = useState(false);
  const places = placesIn(fields.body);
  const hasName = /^[a-z0-9_]{1,512}$/.test(fields.name);
  const hasBody = fields.body.trim() !== "";
  const saving = useMutation({
    mutationFn: () => {
      const { name, language, category, body, state, serves } = fields;
      const variables = Array.from({ length: places }, (_, at) => fields.variables[at] ?? "text");
      const input: TemplateInput = { name, language, category, body, state, serves, variables };
      return template
        ? call(replaceNoticeTemplate, { params: { id: template.id }, body: input })
        : call(createNoticeTemplate, { body: input });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: noticeTemplatesQuery.queryKey });
      showToast({ text: t("templates.saved") });
      setChecked(false);
      if (!template) setFields(empty);
      onDone?.();
    },
  });
  const set = (part: Partial<TemplateInput>) => setFields({ ...fields, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (hasName && hasBody) saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <TextField
        label={t("templates.name")}
        help={t("templates.nameHelp")}
        isCode
        value={fields.name}
        maxLength={512}
        error={isChecked && !hasName ? t("templates.nameFault") : null}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Kinds fields={fields} set={set} />
      <TextArea
        label={t("templates.body")}
        help={t("templates.bodyHelp", { first: "{{1}}", second: "{{2}}" })}
        lang={fields.language}
        rows={4}
        maxLength={1024}
        value={fields.body}
        error={isChecked && !hasBody ? t("templates.bodyFault") : null}
        onChange={(event) => set({ body: event.target.value })}
      />
      {places > 0 && <Fillings fields={fields} places={places} set={set} />}
      <FailureRows error={saving.error} />
      <Button
        type="submit"
        variant={template ? "secondary" : "primary"}
        className="justify-self-start"
        busy={saving.isPending}
      >
        {t(template ? "templates.save" : "templates.addAct")}
      </Button>
    </form>
  );
}

interface PartProps {
  fields: TemplateInput;
  set(part: Partial<TemplateInput>): void;
}

function Kinds({ fields, set }: PartProps) {
  const { t } = useText();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t("templates.serves")}
        value={fields.serves}
        options={serves.map((value) => ({ value, label: t(`templates.serves.${value}`) }))}
        onChange={(event) => set({ serves: event.target.value as TemplateInput["serves"] })}
      />
      <SelectField
        label={t("details.language")}
        value={fields.language}
        options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(event) => set({ language: event.target.value as TemplateInput["language"] })}
      />
      <SelectField
        label={t("templates.category")}
        value={fields.category}
        options={categories.map((value) => ({ value, label: t(`templates.category.${value}`) }))}
        onChange={(event) => set({ category: event.target.value as TemplateInput["category"] })}
      />
      <SelectField
        label={t("notices.stands")}
        value={fields.state}
        options={states.map((value) => ({ value, label: t(`templates.state.${value}`) }))}
        onChange={(event) => set({ state: event.target.value as TemplateInput["state"] })}
      />
    </div>
  );
}

/** What fills each place: parts of the notice, or what a topic's parameter says. */
function Fillings({ fields, places, set }: PartProps & { places: number }) {
  const { t, language } = useText();
  const topics = useQuery(noticeTopicsQuery).data?.items ?? [];
  const parameters = new Map(
    topics
      .flatMap((topic) => topic.parameters)
      .filter(({ kind }) => kind !== "window")
      .map(({ key, label }) => [key, label[language] || label.de || key]),
  );
  const options = [
    ...fillings.map((value) => ({ value: value as string, label: t(`templates.filling.${value}`) })),
    ...[...parameters].map(([value, label]) => ({ value, label })),
    ...fields.variables
      .filter((name) => !parameters.has(name) && !(fillings as readonly string[]).includes(name))
      .map((name) => ({ value: name, label: name })),
  ];
  const fill = (at: number, name: string) =>
    set({
      variables: Array.from({ length: places }, (_, index) =>
        index === at ? name : (fields.variables[index] ?? "text"),
      ),
    });
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1 text-small font-strong">{t("templates.fillings")}</legend>
      {Array.from({ length: places }, (_, at) => `{{${at + 1}}}`).map((place, at) => (
        <SelectField
          key={place}
          label={place}
          value={fields.variables[at] ?? "text"}
          options={options}
          onChange={(event) => fill(at, event.target.value)}
        />
      ))}
    </fieldset>
  );
}

const mostPlaces = 10;

/** The highest place that a text names, e.g. 2 for "{{1}} … {{2}}". */
function placesIn(body: string): number {
  const named = [...body.matchAll(/\{\{(\d{1,2})\}\}/g)].map(([, number]) => Number(number));
  return Math.min(mostPlaces, Math.max(0, ...named));
}
