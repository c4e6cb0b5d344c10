import type { Content, Option } from "#kernel";
import type { Fact } from "../api.ts";
import type { Due } from "../rules/judge.ts";
import type { RuleId } from "../rules/rule-list.ts";
import { tapId } from "./option-ids.ts";
import { type Voice, words } from "./words.ts";

export interface Warned {
  readonly rule: RuleId;
  readonly due: Due;
  readonly factId: number;
  readonly title: string;
  readonly fact: Fact;
}

/** The message: what is the matter, until when, and the way out in two taps. */
export function warningContent(voice: Voice, warned: Warned): Content {
  const { rule, due, fact, title } = warned;
  const values = { ...due.values, title, ...extras(voice, warned, fact) };
  return {
    type: "text",
    text: words(voice, `warn_${rule}${due.variant}`, values),
    options: optionsOf(voice, warned),
  };
}

/** Why it was sent, in one sentence; stored with the decision and told to who asks. */
export function explanationOf(rule: string): { de: string; en: string } {
  return {
    de: words({ language: "de", form: "sie" }, `why_${rule}`),
    en: words({ language: "en", form: "sie" }, `why_${rule}`),
  };
}

function extras(voice: Voice, { rule, due }: Warned, fact: Fact): Record<string, string> {
  if (rule === "recall")
    return { text: String(voice.language === "de" ? due.values.textDe : due.values.textEn) };
  // The time stands there as the company wrote it, which is the clock on its wall.
  if (fact.kind === "appointment") return { time: fact.at.slice(11, 16), place: fact.place };
  return {};
}

function optionsOf(voice: Voice, { rule, due, factId }: Warned): Option[] {
  const why = { id: tapId({ do: "why", rule }), title: words(voice, "optionWhy") };
  if (rule !== "contract_end")
    return [why, { id: tapId({ do: "off", rule }), title: words(voice, "optionStop") }];
  const cancel = tapId({
    do: "cancel",
    factId,
    lastDay: due.lastDay ?? "",
    termEnd: String(due.values.endsOn),
  });
  return [
    { id: cancel, title: words(voice, "optionCancel") },
    { id: tapId({ do: "keep", factId }), title: words(voice, "optionKeep") },
    why,
  ];
}
