import { createInterface } from "node:readline/promises";
import { type Answers, type Question, questions } from "./questions.ts";
import type { Said, Tongue } from "./words.ts";

/** Asks a person, line by line. Input that ends early (a closed pipe) takes the defaults that are left. */
export async function askQuestions(
  defaults: Answers,
  streams: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<Answers> {
  const lines = createInterface({ ...streams, terminal: false });
  const typed = lines[Symbol.asyncIterator]();
  const say = (text: string) => streams.output.write(text);
  const answers: Answers = { ...defaults };
  try {
    for (const question of questions) {
      // Which address a certificate authority may use is no question behind a proxy.
      if (question.name === "email" && answers.certificate !== "self") continue;
      const value = await askOne(question, answers, {
        say,
        read: async () => (await typed.next()).value ?? null,
      });
      Object.assign(answers, { [question.name]: value });
    }
  } finally {
    lines.close();
  }
  return answers;
}

interface Terminal {
  say(text: string): void;
  /** null at the end of the input. */
  read(): Promise<string | null>;
}

const TRIES = 5;

async function askOne(
  question: Question,
  answers: Answers,
  { say, read }: Terminal,
): Promise<Answers[keyof Answers]> {
  const tongue: Tongue = answers.language;
  const word = (text: Said): string => text[tongue];
  const usual = answers[question.name];
  for (let n = 0; n < TRIES; n++) {
    say(`\n${word(question.ask)} [${word(question.show(usual))}]\n  ${word(question.help)}\n> `);
    const typed = (await read())?.trim() ?? "";
    if (typed === "") return usual;
    const value = question.read(typed);
    if (value !== null) return value;
    say(`  ${word(question.fault)}\n`);
  }
  return usual;
}
