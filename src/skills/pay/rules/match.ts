import type { CamtEntry } from "./camt/statement.ts";
import { EURO } from "./money.ts";
import { findReferences, REFERENCE_CHARACTERS } from "./reference.ts";
import { OWING, type RequestState } from "./states.ts";

/**
 * What an entry of the bank was paid for. A right reference decides; everything else is a proposal that a person confirms,
 * because two customers may owe the same sum.
 */

export interface Payable {
  readonly id: number;
  readonly reference: string;
  readonly state: RequestState;
  readonly currency: string;
  readonly owedMinor: number;
  /** Who is asked; "" when nobody is known any more. */
  readonly name: string;
}

export type Why = "reference" | "reference_ended" | "several_references" | "amount_and_name" | "amount";
export interface Proposal {
  readonly requestId: number;
  readonly why: Why;
}

export type Matched =
  | { readonly state: "matched"; readonly requestId: number }
  | {
      readonly state: "proposed" | "unknown" | "reversal" | "foreign_currency" | "other";
      readonly proposals: readonly Proposal[];
    };

type Money = Pick<
  CamtEntry,
  | "isCredit"
  | "isReversal"
  | "amountMinor"
  | "currency"
  | "name"
  | "reference"
  | "words"
  | "endToEnd"
  | "bankReference"
>;

const MOST_PROPOSALS = 5;

/** Requests at hand for many entries. */
export interface KnownRequests {
  readonly byReference: ReadonlyMap<string, Payable>;
  /** Open ones, by what is owed. */
  readonly byOwed: ReadonlyMap<number, readonly Payable[]>;
}

export function knownRequests(requests: readonly Payable[]): KnownRequests {
  return {
    byReference: new Map(requests.map((one) => [one.reference, one])),
    byOwed: Map.groupBy(
      requests.filter(({ state }) => OWING.includes(state)),
      ({ owedMinor }) => owedMinor,
    ),
  };
}

/**
 * @param isCovered has another statement brought the entry's day? Without a bank's reference it may be the same entry once
 *   more, so a person looks at it
 */
export function matchEntry(
  entry: Money,
  known: KnownRequests,
  { isCovered }: { isCovered: boolean },
): Matched {
  const named = namedIn(entry, known);
  if (entry.isReversal)
    return {
      state: "reversal",
      // What comes back to us was never a customer's payment: no booking is to be taken back for it.
      proposals: entry.isCredit ? [] : named.map(({ id }) => ({ requestId: id, why: "reference" })),
    };
  if (!entry.isCredit) return { state: "other", proposals: [] };
  if (entry.currency !== EURO)
    return {
      state: "foreign_currency",
      proposals: named.map(({ id }) => ({ requestId: id, why: "reference" })),
    };
  const [first] = named;
  if (named.length === 1 && first) return ofNamed(entry, first, isCovered);
  if (named.length > 1)
    return {
      state: "proposed",
      proposals: named
        .slice(0, MOST_PROPOSALS)
        .map(({ id }) => ({ requestId: id, why: "several_references" })),
    };
  const proposals = byAmount(entry, known);
  return { state: proposals.length > 0 ? "proposed" : "unknown", proposals };
}

/** What a single right reference decides. */
function ofNamed(entry: Money, { id, state }: Payable, isCovered: boolean): Matched {
  const propose = (why: Why): Matched => ({ state: "proposed", proposals: [{ requestId: id, why }] });
  if (state === "cancelled" || state === "expired" || state === "refunded") return propose("reference_ended");
  if (entry.bankReference !== "") return { state: "matched", requestId: id };
  if (!OWING.includes(state)) return propose("reference_ended");
  return isCovered ? propose("reference") : { state: "matched", requestId: id };
}

/** @returns references of ours that stand in the entry, each once */
export function referencesIn({
  reference,
  words,
  endToEnd,
}: Pick<Money, "reference" | "words" | "endToEnd">): string[] {
  const texts = [reference, words, endToEnd].filter((text) => text !== "");
  return [...new Set(texts.flatMap((text) => findReferences(text, [REFERENCE_CHARACTERS])))];
}

function namedIn(entry: Money, { byReference }: KnownRequests): Payable[] {
  return referencesIn(entry).flatMap((one) => byReference.get(one) ?? []);
}

/** The same sum, those whose name fits first. */
function byAmount(entry: Money, { byOwed }: KnownRequests): Proposal[] {
  const same = (byOwed.get(entry.amountMinor) ?? []).filter((one) => one.currency === entry.currency);
  const graded = same.map((one) => ({
    id: one.id,
    isNamed: isSameName(one.name, `${entry.name} ${entry.words}`),
  }));
  return [...graded.filter(({ isNamed }) => isNamed), ...graded.filter(({ isNamed }) => !isNamed)]
    .slice(0, MOST_PROPOSALS)
    .map(({ id, isNamed }) => ({ requestId: id, why: isNamed ? "amount_and_name" : "amount" }));
}

const SHORTEST = 3;

/** Every longer part of the name stands in the words: "Käthe Weiß" is "WEISS KAETHE" and "Weiss, Käthe". */
export function isSameName(name: string, words: string): boolean {
  const wanted = partsOf(name).filter((part) => part.length >= SHORTEST);
  if (wanted.length === 0) return false;
  const there = new Set(partsOf(words));
  return wanted.every((part) => there.has(part));
}

/** Banks write without umlauts, one way or the other. */
function partsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/ä|ae/g, "a")
    .replace(/ö|oe/g, "o")
    .replace(/ü|ue/g, "u")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/**
 * Under which entries of one statement are booked once. Without a bank's reference nothing tells two equal entries apart from
 * one that came twice, so its place in its statement counts. The balances prove each entry of a statement: one with the same
 * reference, day, part and sum as another is a second one, and is counted.
 */
export function keyedEntries<T extends CamtEntry>(
  iban: string,
  statementId: string,
  entries: readonly T[],
): { key: string; entry: T }[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const key = entryKey(iban, statementId, entry);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return { key: times === 1 ? key : `${key} ~${times}`, entry };
  });
}

function entryKey(iban: string, statementId: string, entry: CamtEntry): string {
  const { bankReference, bookedOn, isCredit, amountMinor, part, position } = entry;
  const own = `${isCredit ? "C" : "D"}${amountMinor}`;
  return bankReference === ""
    ? `${iban} #${statementId} ${position} ${own}`
    : `${iban} ${bookedOn} ${bankReference} ${part} ${own}`;
}
