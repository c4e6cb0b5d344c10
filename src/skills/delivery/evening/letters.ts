import type { Card, Content, Language, Option, TenantProfile } from "#kernel";
import { questionWords, type Vain, vainWords, type Words } from "../flows/after-words.ts";
import { arrivalCard } from "../flows/cards.ts";
import { optionsOf } from "../flows/scene.ts";
import { price, type Speaking, say } from "../flows/words.ts";
import { SKILL_BITS } from "../rules/skill-bits.ts";
import { spokenClock, spokenWindow } from "../rules/spoken/spoken-window.ts";
import type { TakeBack } from "../rules/take-back.ts";
import type { Outcome } from "../tables.ts";
import type { RunningDelivery } from "./stored.ts";

/** What customers read of the evening. Pure; the address of the live page is given. */

export type LetterKind = "coming" | "again" | "late" | "broken" | "done" | "wrote" | "vain" | "well";

/** What a message says of its delivery. */
export type ToldDelivery = Pick<
  RunningDelivery,
  | "id"
  | "senderTenantId"
  | "shiftId"
  | "earliestAt"
  | "latestAt"
  | "address"
  | "skills"
  | "proof"
  | "code"
  | "liveKey"
  | "currency"
> & { readonly takeBack?: TakeBack };

/** A message that is due about a delivery. Times are ms. */
export interface Due {
  readonly kind: LetterKind;
  readonly delivery: ToldDelivery;
  /** The same one is sent once, ever. */
  readonly reference: string;
  /** The half-hour, of `coming`, `again` and `late`. */
  readonly told?: { readonly from: number; readonly until: number; readonly expectedAt: number };
  /** Of `done`. */
  readonly outcome?: Outcome;
  readonly outcomeWords?: string;
  readonly endedAt?: number;
  /** Owed, of `broken`. */
  readonly compensationMinor?: number;
  /** Of `vain`. */
  readonly vain?: Vain;
  /** Of `wrote`. */
  readonly text?: string;
  readonly by?: "courier" | "dispatcher";
  readonly expiresAt: number;
}

export interface Reader {
  readonly tenant: TenantProfile;
  readonly language: Language;
  /** The city's. */
  readonly timeZone: string;
}

/** @param link of the live page; "" = none */
export function letterOf(due: Due, reader: Reader, link: string): Extract<Content, { type: "text" }> {
  const speaking: Speaking = reader;
  const words = afterWords(due, speaking);
  const options = words?.options ?? optionsFor(due, speaking);
  const text = words?.text ?? textOf(due, speaking);
  return {
    type: "text",
    text,
    ...(link !== "" && hasLink(due, options) && { link }),
    ...(options.length > 0 && { options }),
    ...cardOf(due, speaking),
  };
}

/** What is said when the evening is over for this customer, with what can be tapped under it. */
function afterWords({ kind, vain, delivery }: Due, speaking: Speaking): Words | null {
  if (kind === "vain" && vain) return vainWords(speaking, vain);
  return kind === "well" ? questionWords(speaking, delivery.id) : null;
}

/** Where a channel draws one, the half-hour is a card. */
function cardOf({ kind, delivery, told }: Due, speaking: Speaking): { card?: Card } {
  if ((kind !== "coming" && kind !== "again") || !told) return {};
  const { earliestAt, latestAt, proof } = delivery;
  const code = proof === "code" ? delivery.code : null;
  return { card: arrivalCard(speaking, { kind, earliestAt, latestAt, told, code }) };
}

const HAS_LINK: ReadonlySet<LetterKind> = new Set(["coming", "again", "late"]);

/** What cannot be answered here by a tap can be on the delivery's page. */
const hasLink = ({ kind }: Due, options: readonly Option[]): boolean =>
  HAS_LINK.has(kind) || (kind === "vain" && options.length === 0);

export function textOf(due: Due, speaking: Speaking): string {
  const { kind, delivery, told } = due;
  const clock = (at: number | undefined) => (at === undefined ? "" : spokenClock(speaking, at));
  const half = { from: clock(told?.from), until: clock(told?.until) };
  const window = spokenWindow(speaking, delivery);
  const address = delivery.address;
  switch (kind) {
    case "coming":
    case "again": {
      const text = say(speaking, `evening.${kind}`, { ...half, address });
      const { proof, code } = delivery;
      return proof === "code" && code !== null ? `${text} ${say(speaking, "evening.code", { code })}` : text;
    }
    case "late":
      return say(speaking, "evening.late", { ...half, window });
    case "broken": {
      const text = say(speaking, "evening.broken", { window });
      const minor = due.compensationMinor ?? 0;
      if (minor === 0) return text;
      const amount = price(speaking, minor, delivery.currency);
      return `${text} ${say(speaking, "evening.owed", { amount })}`;
    }
    case "done":
      return [endText(due, speaking, clock(due.endedAt)), takenText(due, speaking)].filter(Boolean).join(" ");
    case "wrote":
      return say(speaking, `evening.wrote.${due.by ?? "dispatcher"}`, { text: due.text ?? "" });
    case "vain":
    case "well":
      throw new Error(`a message "${kind}" without its facts`);
  }
}

/** What went back with the courier, or why it did not. */
function takenText({ delivery: { takeBack } }: Due, speaking: Speaking): string {
  const { what = "", state = null, why = "" } = takeBack ?? {};
  if (state === "taken" || state === "at_depot") return say(speaking, "evening.takenAlong", { what });
  if (state !== "not_taken") return "";
  return say(speaking, why === "" ? "evening.notTaken" : "evening.notTaken.why", { what, why });
}

function endText({ outcome, outcomeWords, delivery }: Due, speaking: Speaking, at: string): string {
  const words = outcomeWords ?? "";
  const hasWords = words !== "" && (outcome === "neighbour" || outcome === "left_there");
  const key = `evening.${outcome ?? "handed_over"}${hasWords ? ".to" : ""}`;
  return say(speaking, key, { at, words, address: delivery.address });
}

function optionsFor({ kind, delivery }: Due, speaking: Speaking): readonly Option[] {
  const { id, skills } = delivery;
  const neighbour =
    (skills & SKILL_BITS.age_check) === 0 ? (["optionNeighbour", "neighbour", id] as const) : null;
  if (kind === "coming" || kind === "again")
    return optionsOf(speaking, [["optionHere", "here", id], neighbour, ["optionAbsent", "absent", id]]);
  if (kind === "late")
    return optionsOf(speaking, [["optionWait", "here", id], ["optionOther", "change", id], neighbour]);
  return [];
}
