import type { StarterPack } from "../../../../skills/service/api.ts";
import { type Facts, type Language, partsOf, valueIn } from "./facts.ts";

/** An answer as a customer would read it, with the facts that are being filled in. */
export function AnswerPreview({
  pack,
  answer,
  facts,
  language,
}: {
  pack: StarterPack;
  answer: string;
  facts: Facts;
  language: Language;
}) {
  const read = (name: string) => {
    const fact = pack.placeholderList.find((one) => one.name === name);
    return fact ? valueIn(fact, facts, language) : "";
  };
  return (
    <p
      lang={language}
      className="rounded-t-3 border-b-2 border-dashed border-ink-3 bg-sunken px-3 py-2 text-small whitespace-pre-line"
    >
      {partsOf(answer, read).map(({ text, name, isGap }, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an answer keep their order
          key={place}
          className={isGap ? "rounded-1 bg-warn-soft px-0.5 text-warn" : name ? "font-strong" : undefined}
        >
          {text}
        </span>
      ))}
    </p>
  );
}
