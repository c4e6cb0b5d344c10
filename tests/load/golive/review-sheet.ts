import { createHash } from "node:crypto";
import type { ProposedTopic } from "../../../src/skills/service/rules/intake/index.ts";
import { seeded } from "../machine/random.ts";

/** What a reviewer reads who knows neither where the questions came from nor how they were grouped. */

const EXAMPLES = 8;
const HOW = `# Would you accept these topics?

A shop's mailbox was read. Each block proposes one topic for its automatic answers: a title, questions of customers, and an
answer that its staff gave. Write **yes** behind \`accept:\` where you, as the owner, would take it over as it stands or
after small touches (another title, a dropped question or two, a corrected word in the answer). Write **no** where the
questions are about different matters, where the answer does not belong to them, or where nobody would want the topic.
Where no answer stands, judge the questions alone.
`;

/** In an order drawn by seed, so that nothing is known from the place. */
export function writeSheet(topics: readonly ProposedTopic[]): string {
  const random = seeded(7);
  const drawn = topics.map((topic) => ({ topic, place: random() })).sort((a, b) => a.place - b.place);
  const blocks = drawn.map(({ topic }, n) => {
    const questions = topic.examples.slice(0, EXAMPLES).map((text) => `- ${text}`);
    const answer = topic.answer === null ? "(none)" : topic.answer.replace(/\s*\n\s*/g, " / ");
    return [
      `## ${n + 1}. ${topic.title}`,
      ...questions,
      `Answer: ${answer}`,
      `topic: ${keyOf(topic)}`,
      "accept: ",
    ].join("\n");
  });
  return `${HOW}\n${blocks.join("\n\n")}\n`;
}

/** @returns how many of these topics a filled sheet accepts, refuses, and does not know */
export function readSheet(
  sheet: string,
  topics: readonly ProposedTopic[],
): { accepted: number; refused: number; unread: number } {
  const said = new Map<string, string>();
  for (const [, key = "", answer = ""] of sheet.matchAll(/^topic: (\w+)\s*\naccept:[ \t]*(\w*)/gm))
    said.set(key, answer.toLowerCase());
  const answers = topics.map((topic) => said.get(keyOf(topic)) ?? "");
  const accepted = answers.filter((answer) => answer === "yes").length;
  const refused = answers.filter((answer) => answer === "no").length;
  return { accepted, refused, unread: topics.length - accepted - refused };
}

function keyOf({ title, examples, answer }: ProposedTopic): string {
  const shown = JSON.stringify([title, examples.slice(0, EXAMPLES), answer]);
  return createHash("sha256").update(shown).digest("hex").slice(0, 10);
}
