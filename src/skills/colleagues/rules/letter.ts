import { type FormOfAddress, type Language, translate } from "#kernel";
import { catalogue } from "./catalogue.ts";
import { cutAt } from "./excerpt.ts";

/** The mail to a colleague, in words. */

const SUBJECT_CHARACTERS = 100;

interface Speech {
  language: Language;
  form: FormOfAddress;
}

export interface LetterParts extends Speech {
  company: string;
  asker: string;
  to: string;
  question: string;
  excerpt: string;
  isDirect: boolean;
  /** "8.12.2026" */
  until: string;
}

/** Stands above what goes along; nobody writes it themselves. */
export function divider({ language, form }: Speech): string {
  return translate(catalogue, { language, form }, "divider");
}

/** Subjects stand in many lists: the agent's own first line is in it, nothing of the customer. */
export function subjectOf(question: string, { language, form }: Speech): string {
  const line = question.trim().split("\n", 1)[0] ?? "";
  return cutAt(translate(catalogue, { language, form }, "subject", { line }), SUBJECT_CHARACTERS);
}

export function questionLetter(parts: LetterParts): string {
  const say = (key: string, values: Record<string, string> = {}) => translate(catalogue, parts, key, values);
  const { to: name, asker, company, until } = parts;
  return [
    say("hello", { name }),
    say("asks", { asker, company }),
    parts.question,
    say(parts.isDirect ? "howDirect" : "how", { until }),
    `${divider(parts)}\n\n${parts.excerpt}`,
    say("foot", { company }),
  ].join("\n\n");
}

export function reminderLetter(parts: Omit<LetterParts, "excerpt">): string {
  const say = (key: string, values: Record<string, string> = {}) => translate(catalogue, parts, key, values);
  const { to: name, asker, company, until } = parts;
  return [
    say("hello", { name }),
    say("reminds", { asker, company }),
    parts.question,
    say(parts.isDirect ? "howDirect" : "how", { until }),
    say("foot", { company }),
  ].join("\n\n");
}

/** Shorter lines anybody might write. */
const OWN_LINE_CHARACTERS = 20;

/** What stands in our mails and in no answer: where it does, a quotation was not recognised. */
export function ownLines(parts: Omit<LetterParts, "excerpt">): string[] {
  const letters = `${questionLetter({ ...parts, excerpt: "" })}\n${reminderLetter(parts)}`;
  return [...new Set(letters.split("\n").map((line) => line.trim()))].filter(
    (line) => line.length >= OWN_LINE_CHARACTERS,
  );
}
