import type { StarterPack } from "../../../../skills/service/api.ts";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { AnswerPreview } from "./answer-preview.tsx";
import { type Fact, type Facts, fieldsOf, isWrong, type Language } from "./facts.ts";

interface Props {
  pack: StarterPack;
  fact: Fact;
  facts: Facts;
  languages: readonly Language[];
  onChange(key: string, value: string): void;
}

const inputs = { phone: "tel", email: "email", link: "url", amount: "text", number: "text" } as const;
/** Longer examples are sentences: their field may wrap. */
const LINE_CHARACTERS = 60;

/** One fact: its question, an example, and how it reads in the first answer that needs it. */
export function FactFields({ pack, fact, facts, languages, onChange }: Props) {
  const { t, language: own } = useText();
  const topic = pack.topicList.find(({ intent }) => fact.topics.includes(intent));
  const shown = languages.includes(own) ? own : (languages[0] ?? own);
  const fields = fieldsOf(fact, languages);
  return (
    <li className="grid gap-2 border-b border-line py-4 first:pt-0 last:border-0">
      {fields.map((language) => {
        const key = `${fact.name}.${language}`;
        const value = facts[key] ?? "";
        const speech = fact.kind === "text" ? language : own;
        const isNamed = fields.length > 1;
        const props = {
          name: key,
          label: isNamed ? `${fact.question[speech]} (${t(`language.${language}`)})` : fact.question[speech],
          help: t("pack.example", { example: fact.example[speech] }),
          error: isWrong(fact, value) ? t(`pack.wrong.${fact.kind}`) : null,
          value,
          maxLength: 500,
          lang: speech,
        };
        const change = (event: { target: { value: string } }) => onChange(key, event.target.value);
        return fact.kind === "text" && fact.example[speech].length > LINE_CHARACTERS ? (
          <TextArea key={key} rows={3} {...props} onChange={change} />
        ) : (
          <TextField
            key={key}
            type={fact.kind === "text" ? "text" : inputs[fact.kind]}
            {...props}
            onChange={change}
          />
        );
      })}
      {topic && (
        <details>
          <summary className="min-h-6 cursor-pointer text-small text-accent-text">
            {t("pack.inAnswer", { title: topic.title[shown] })}
          </summary>
          <div className="mt-2">
            <AnswerPreview pack={pack} answer={topic.answer[shown]} facts={facts} language={shown} />
          </div>
        </details>
      )}
    </li>
  );
}
