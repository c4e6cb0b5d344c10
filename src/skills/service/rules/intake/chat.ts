import type { Archive, ChatLine, Exchange } from "./exchange.ts";
import { IntakeError } from "./faults.ts";
import { asksSomething } from "./mailbox.ts";
import { otherSideOf } from "./whatsapp.ts";

/** Who writes again after this long begins anew, whether or not it is a question. */
const NEW_CASE_MS = 8 * 3_600_000;

interface ChatOrder {
  readonly lines: readonly ChatLine[];
  /** Notes of the messenger, files without words. */
  readonly notes: number;
  readonly fileName: string;
  /** Names of the company in the file; without them they are found. */
  readonly own: readonly string[];
}

/** What one side wrote without the other coming between. */
interface Spoken {
  readonly isOwn: boolean;
  readonly who: string;
  readonly text: string;
  readonly at: number;
  readonly thread: string;
}

/**
 * The questions of an exported conversation, each with what staff wrote next.
 * @throws IntakeError own_unknown, no_questions
 */
export function pairChat({ lines, notes, fileName, own }: ChatOrder): Archive {
  const ownNames = ownNamesOf(lines, fileName, own);
  const spoken = [...byThread(lines).values()].flatMap((thread) => turnsOf(thread, ownNames));
  const names = [...new Set(lines.map(({ who }) => who))];
  const exchanges = spoken.flatMap((turn, place): Exchange[] => {
    if (turn.isOwn) return [];
    const before = spoken[place - 1];
    const isNew = before?.thread !== turn.thread || turn.at - before.at > NEW_CASE_MS;
    if (!isNew && !asksSomething(turn.text)) return [];
    const next = spoken[place + 1];
    const answer = next?.isOwn && next.thread === turn.thread ? next.text : null;
    return [{ question: turn.text, answer, asker: `${turn.thread} ${turn.who}`, names }];
  });
  if (exchanges.length === 0) throw new IntakeError("no_questions");
  return {
    exchanges,
    own: [...ownNames].join(", "),
    counts: {
      read: lines.length + notes,
      automatic: notes,
      broken: 0,
      questions: exchanges.length,
      answered: exchanges.filter(({ answer }) => answer !== null).length,
    },
  };
}

function byThread(lines: readonly ChatLine[]): Map<string, ChatLine[]> {
  const threads = new Map<string, ChatLine[]>();
  for (const line of lines) {
    const known = threads.get(line.thread);
    if (known) known.push(line);
    else threads.set(line.thread, [line]);
  }
  return threads;
}

function turnsOf(lines: readonly ChatLine[], ownNames: ReadonlySet<string>): Spoken[] {
  const turns: Spoken[] = [];
  for (const { who, isOwn, text, at, thread } of lines) {
    const ours = isOwn ?? ownNames.has(who);
    const last = turns.at(-1);
    const goesOn = last?.isOwn === ours && (ours || (last.who === who && at - last.at < NEW_CASE_MS));
    if (last && goesOn) turns[turns.length - 1] = { ...last, text: `${last.text}\n${text}`, at };
    else turns.push({ isOwn: ours, who, text, at, thread });
  }
  return turns;
}

/** @throws IntakeError own_unknown */
function ownNamesOf(
  lines: readonly ChatLine[],
  fileName: string,
  own: readonly string[],
): ReadonlySet<string> {
  if (lines.every(({ isOwn }) => isOwn !== null)) return new Set();
  const names = [...new Set(lines.map(({ who }) => who))];
  const wanted = new Set(own.map((one) => one.trim().toLowerCase()));
  if (wanted.size > 0) {
    const found = names.filter((name) => wanted.has(name.toLowerCase()));
    if (found.length === 0) throw new IntakeError("own_unknown", names.slice(0, 5).join(", "));
    return new Set(found);
  }
  const other = otherSideOf(fileName)?.toLowerCase();
  const isNamed = names.length === 2 && names.some((name) => name.toLowerCase() === other);
  if (isNamed) return new Set(names.filter((name) => name.toLowerCase() !== other));
  if (names.length < 2) throw new IntakeError("own_unknown", names.join(", "));
  return new Set([leastAsking(lines, names)]);
}

/** Staff explain, customers ask: whose messages ask least, of those who write at least every tenth one. */
function leastAsking(lines: readonly ChatLine[], names: readonly string[]): string {
  const shares = names.map((name) => {
    const theirs = lines.filter(({ who }) => who === name);
    const asking = theirs.filter(({ text }) => text.includes("?")).length;
    return { name, share: asking / theirs.length, count: theirs.length };
  });
  const often = shares.filter(({ count }) => count * 10 >= lines.length);
  const [first, second] = (often.length > 1 ? often : shares).sort(
    (a, b) => a.share - b.share || b.count - a.count,
  );
  if (!first || !second || (first.share === second.share && first.count === second.count))
    throw new IntakeError("own_unknown", names.slice(0, 5).join(", "));
  return first.name;
}
