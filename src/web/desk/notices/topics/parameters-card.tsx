import { Plus, X } from "lucide-react";
import type { Parameter } from "../../../../skills/notices/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { useText } from "../../text/use-text.ts";
import { type ParameterDraft, parameterKinds, type TopicPartProps, valuesOf } from "./topic-draft.ts";

const mostParameters = 6;
const fresh: ParameterDraft = {
  key: "",
  kind: "line",
  label: { de: "", en: "" },
  values: "",
  required: false,
};

/** What a subscriber may choose: lines, branches, hours. */
export function ParametersCard({ draft, change }: TopicPartProps) {
  const { t } = useText();
  const { parameters } = draft;
  const set = (at: number, part: Partial<ParameterDraft>) =>
    change({ parameters: parameters.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <Card title={t("topics.parameters")}>
      <p className="mb-3 text-small text-ink-2">{t("topics.parametersText")}</p>
      <div className="grid gap-5">
        {parameters.map((parameter, at) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: a parameter has no name of its own while it is typed
            key={at}
            number={at + 1}
            parameter={parameter}
            onChange={(part) => set(at, part)}
            onRemove={() => change({ parameters: parameters.filter((_, index) => index !== at) })}
          />
        ))}
        {parameters.length < mostParameters && (
          <Button
            icon={Plus}
            className="justify-self-start"
            onClick={() => change({ parameters: [...parameters, fresh] })}
          >
            {t("topics.addParameter")}
          </Button>
        )}
      </div>
    </Card>
  );
}

interface PartProps {
  number: number;
  parameter: ParameterDraft;
  onChange(part: Partial<ParameterDraft>): void;
  onRemove(): void;
}

function Part({ number, parameter, onChange, onRemove }: PartProps) {
  const { t } = useText();
  const { kind, label, values, required } = parameter;
  return (
    <fieldset className="grid gap-3 border-t border-line pt-4 sm:grid-cols-2">
      <legend className="ear-only">{t("topics.parameter", { number })}</legend>
      {(["de", "en"] as const).map((language) => (
        <TextField
          key={language}
          label={t("topics.labelIn", { language: t(`language.${language}`) })}
          maxLength={60}
          value={label[language]}
          onChange={(event) => onChange({ label: { ...label, [language]: event.target.value } })}
        />
      ))}
      <SelectField
        label={t("topics.parameterKind")}
        help={kind === "window" ? t("topics.windowHelp") : undefined}
        value={kind}
        options={parameterKinds.map((value) => ({ value, label: t(`topics.kind.${value}`) }))}
        onChange={(event) => onChange({ kind: event.target.value as Parameter["kind"] })}
      />
      <Switch
        label={t("topics.required")}
        help={t("topics.requiredHelp")}
        words={{ on: t("on"), off: t("off") }}
        checked={required}
        onChange={(isRequired) => onChange({ required: isRequired })}
      />
      {kind !== "window" && (
        <TextArea
          label={t("topics.values", { count: valuesOf(values).length })}
          help={t("topics.valuesHelp")}
          className="sm:col-span-2"
          rows={4}
          value={values}
          onChange={(event) => onChange({ values: event.target.value })}
        />
      )}
      <Button icon={X} className="justify-self-start sm:col-span-2" onClick={onRemove}>
        {t("topics.removeParameter", { number })}
      </Button>
    </fieldset>
  );
}
