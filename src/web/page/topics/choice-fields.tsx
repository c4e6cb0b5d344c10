/** @jsxImportSource preact */
import { useId } from "preact/hooks";
import type { Language } from "../../widget/seam.ts";
import { type Choice, type Days, daysOf, hasWindow, keyParameter } from "./choice.ts";
import type { Topic } from "./contract.ts";
import { TOPICS_WORDS } from "./words.ts";

interface FieldsProps {
  topic: Topic;
  choice: Choice;
  onChange(choice: Choice): void;
  language: Language;
}

/** Which line, and at what hours. */
export function ChoiceFields({ topic, choice, onChange, language }: FieldsProps) {
  const key = keyParameter(topic);
  if (!key && !hasWindow(topic)) return null;
  return (
    <div class="fields">
      {key && <ValueField parameter={key} choice={choice} onChange={onChange} language={language} />}
      {hasWindow(topic) && <WindowFields choice={choice} onChange={onChange} language={language} />}
    </div>
  );
}

type Parameter = Topic["parameters"][number];

function ValueField({
  parameter,
  choice,
  onChange,
  language,
}: Omit<FieldsProps, "topic"> & { parameter: Parameter }) {
  const words = TOPICS_WORDS[language];
  const id = useId();
  const { label, values, required } = parameter;
  const set = (value: string) => onChange({ ...choice, value });
  return (
    <div class="field">
      <label for={id}>{label[language] || label.de || label.en || parameter.key}</label>
      {values.length > 0 ? (
        <select id={id} value={choice.value} onChange={(event) => set(event.currentTarget.value)}>
          <option value="">{required ? words.choose : words.everything}</option>
          {values.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label[language] || one.label.de || one.value}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          maxLength={80}
          value={choice.value}
          placeholder={required ? "" : words.everything}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

function WindowFields({ choice, onChange, language }: Omit<FieldsProps, "topic">) {
  const words = TOPICS_WORDS[language];
  const id = useId();
  const clock = (part: "from" | "to") => (
    <div class="field">
      <label for={`${id}-${part}`}>{words[part]}</label>
      <input
        id={`${id}-${part}`}
        type="time"
        value={choice[part]}
        onChange={(event) => {
          if (event.currentTarget.value) onChange({ ...choice, [part]: event.currentTarget.value });
        }}
      />
    </div>
  );
  return (
    <>
      <div class="field">
        <label for={id}>{words.when}</label>
        <select
          id={id}
          value={choice.days}
          onChange={(event) => onChange({ ...choice, days: event.currentTarget.value as Days })}
        >
          {(Object.keys(daysOf) as Days[]).map((days) => (
            <option key={days} value={days}>
              {words.days[days]}
            </option>
          ))}
        </select>
      </div>
      {choice.days !== "any" && (
        <>
          {clock("from")}
          {clock("to")}
        </>
      )}
    </>
  );
}
