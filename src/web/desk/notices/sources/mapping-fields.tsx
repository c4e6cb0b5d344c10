import { useId } from "react";
import type { NoticeTopic } from "../../../../skills/notices/api.ts";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { useText } from "../../text/use-text.ts";
import type { SourceDraft } from "./source-draft.ts";

interface MappingProps {
  draft: SourceDraft;
  change(part: Partial<SourceDraft>): void;
  topics: readonly NoticeTopic[];
  /** What the last reading could be bound to. */
  keys: readonly { key: string; example: string }[];
  topicFault: boolean;
}

/** To which topic its stories go, and which of the source's values mean the topic's parameters. */
export function MappingFields({ draft, change, topics, keys, topicFault }: MappingProps) {
  const { t, language } = useText();
  const list = useId();
  const topic = topics.find(({ id }) => id === draft.topicId);
  const parameters = topic?.parameters.filter(({ kind }) => kind !== "window") ?? [];
  return (
    <div className="grid gap-4">
      <SelectField
        label={t("notices.topic")}
        value={String(draft.topicId ?? "")}
        error={topicFault ? t("notices.fault.topic") : null}
        options={[
          { value: "", label: t("notices.chooseTopic") },
          ...topics.map(({ id, title }) => ({
            value: String(id),
            label: title[language] || title.de || title.en,
          })),
        ]}
        onChange={(event) => change({ topicId: Number(event.target.value) || null })}
      />
      {parameters.length > 0 && (
        <div className="grid gap-3 sm:grid-cols-2">
          {parameters.map(({ key, label }) => (
            <TextField
              key={key}
              label={t("sources.mapped", { parameter: label[language] || label.de || key })}
              help={exampleOf(draft.mapping[key], keys, t)}
              list={list}
              isCode
              maxLength={60}
              value={draft.mapping[key] ?? ""}
              onChange={(event) =>
                change({ mapping: { ...draft.mapping, [key]: event.target.value.trim() } })
              }
            />
          ))}
          <datalist id={list}>
            {keys.map(({ key, example }) => (
              <option key={key} value={key}>
                {example}
              </option>
            ))}
          </datalist>
        </div>
      )}
      <Switch
        label={t("sources.automatic")}
        help={t("sources.automaticHelp")}
        words={{ on: t("on"), off: t("off") }}
        checked={draft.isAutomatic}
        onChange={(isAutomatic) => change({ isAutomatic })}
      />
    </div>
  );
}

function exampleOf(
  key: string | undefined,
  keys: MappingProps["keys"],
  t: ReturnType<typeof useText>["t"],
): string {
  const example = keys.find((one) => one.key === key)?.example;
  return example ? t("sources.mappedExample", { example }) : t("sources.mappedHelp");
}
