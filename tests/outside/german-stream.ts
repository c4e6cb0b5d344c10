import { MATTERS, type Matter, OUTSIDE, SLOTS } from "./german-matters.ts";

/**
 * A stream of German shop messages, written for this project by hand as building blocks and put together by a seeded
 * draw: what people ask, in several wordings each, with openings, goods, tails, typing errors, umlauts as ae/oe/ue, and
 * messages that belong to no topic. Two streams with two seeds come from one distribution.
 */

export interface StreamMessage {
  text: string;
  /** "oos" = none of the company's topics. */
  intent: string;
}

const OUTSIDE_SHARE = 0.15;

const OPENINGS = [
  "",
  "",
  "",
  "Hallo, ",
  "Moin, ",
  "Guten Tag, ",
  "Hi, ",
  "Entschuldigung, ",
  "Kurze Frage: ",
  "Sagen Sie, ",
];
const TAILS = ["", "", "", "", "?", "??", ", danke", " bitte", ", LG", ". Viele Grüße"];

/** The matter whose answer this is. */
export const matterAnswered = (words: string): string | undefined =>
  MATTERS.find(({ answer }) => words.includes(answer))?.intent;

/** The two files of the company's first day, as `importKnowledge` takes them. */
export function firstDay(): { examples: string; answers: string } {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const examples = MATTERS.flatMap(({ intent, examples: own }) =>
    own.map((text) => `${quote(text)},${intent},de`),
  );
  const answers = MATTERS.map(({ intent, answer, title }) => `${intent},de,${quote(answer)},${quote(title)}`);
  return {
    examples: ["text,intent,lang", ...examples].join("\n"),
    answers: ["intent,lang,answer,title", ...answers].join("\n"),
  };
}

/** Mulberry32, 0 to 1, 1 excluded: a stream can be drawn again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same seed gives the same messages. */
export function germanStream(count: number, seed: number): StreamMessage[] {
  const random = randomFrom(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const whole = MATTERS.reduce((sum, { weight }) => sum + weight, 0);
  const matter = (): Matter => {
    let left = random() * whole;
    for (const one of MATTERS) {
      left -= one.weight;
      if (left < 0) return one;
    }
    return MATTERS[0] as Matter;
  };
  return Array.from({ length: count }, () => {
    const own = random() < OUTSIDE_SHARE ? null : matter();
    const core = pick(own?.said ?? OUTSIDE).replace(/\{(\w+)\}/g, (_, slot: string) =>
      pick(SLOTS[slot] ?? []),
    );
    const text = pick(OPENINGS) + core + pick(TAILS);
    return { text: written(text, random), intent: own?.intent ?? "oos" };
  });
}

/** As thumbs write it: now and then all small, umlauts in two letters, two letters swapped or one lost. */
function written(text: string, random: () => number): string {
  let words = text;
  if (random() < 0.4) words = words.toLowerCase();
  if (random() < 0.15)
    words = words.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss");
  if (random() < 0.2 && words.length > 12) {
    const at = 4 + Math.floor(random() * (words.length - 8));
    const [one = "", two = ""] = [words[at], words[at + 1]];
    words =
      random() < 0.5
        ? words.slice(0, at) + two + one + words.slice(at + 2)
        : words.slice(0, at) + words.slice(at + 1);
  }
  return words;
}
