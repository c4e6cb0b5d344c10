import { AppError } from "#kernel";
import type { CourierEvent } from "../api/courier-page.ts";
import type { EndGiven } from "../api/running.ts";
import type { Within } from "../plan/with-delivery.ts";
import { knownKeys, readLog } from "../store/happened.ts";
import { readRunningDelivery } from "../store/running-rows.ts";
import { inTenant } from "../store/tx.ts";
import type { Entry } from "./fold.ts";
import type { Refusal } from "./judge.ts";
import { record } from "./record.ts";
import type { EveningPlace } from "./tick.ts";

/** A dispatcher says what became of a stop whose courier cannot. */

const WORDS: Readonly<Partial<Record<Refusal, string>>> = {
  over: "This evening is over for more than a day; what was recorded stays.",
  not_yours: "The stop went to another round meanwhile; look again, then record it.",
};

/**
 * Everything that follows a courier's word follows it too. The same key again is recorded once.
 * @throws AppError not_found; rule_broken: it has an end already, or none that could be taken back, or the evening is long over
 */
export async function recordEnd(
  within: Within,
  { tenantId, eveningId }: EveningPlace,
  given: EndGiven,
): Promise<void> {
  const { house } = within;
  const { deliveryId, key, saidBy } = given;
  const found = await inTenant(house, tenantId, async (tx) => {
    const read = await readRunningDelivery(tx, tenantId, deliveryId);
    const shiftId = read?.delivery.shiftId ?? null;
    if (!read || read.eveningId !== eveningId || shiftId === null) return null;
    const log = await readLog(tx, tenantId, { shiftIds: [shiftId], deliveryIds: [deliveryId] });
    const told = log.filter((entry) => entry.deliveryId === deliveryId);
    return { ...read, shiftId, told, isKnown: (await knownKeys(tx, tenantId, [key])).has(key) };
  });
  if (!found) throw new AppError("not_found", "This stop stands in no round of this evening.");
  if (found.isKnown) return;
  const { outcome, arrivedAt } = found.delivery;
  const hasEnd = outcome !== null && outcome !== "not_recorded";
  if (hasEnd !== (given.end === "undone"))
    throw new AppError(
      "rule_broken",
      hasEnd
        ? "This stop has an end already; take that back first, then record the other one."
        : "This stop has no end that could be taken back.",
    );
  const event = eventOf(given, found.shiftId);
  const at = momentOf(given, { told: found.told, arrivedAt, now: house.clock.now() });
  const who = { tenantId, by: "dispatcher", courierId: null, saidBy } as const;
  const [result] = await record(within, who, [{ ...event, at: new Date(at).toISOString() }]);
  if (result?.why) throw new AppError("rule_broken", WORDS[result.why] ?? "This cannot be recorded.");
}

type Event = Extract<CourierEvent, { kind: "done" | "not_there" | "refused" | "undo" }>;

function eventOf({ key, deliveryId, end, to }: EndGiven, shiftId: number): Event {
  const of = { key, shiftId, deliveryId, at: "" };
  if (end === "undone") return { ...of, kind: "undo" };
  if (end === "not_there") return { ...of, kind: "not_there" };
  if (end === "refused") return { ...of, kind: "refused", words: to };
  return { ...of, kind: "done", outcome: end, to };
}

interface Told {
  readonly told: readonly Entry[];
  readonly arrivedAt: number | null;
  readonly now: number;
}

/**
 * The log is read in the order in which things happened. What is taken back comes right behind what was said; the same end again comes
 * behind that, too, as it would be the same one otherwise.
 * @returns ms
 */
function momentOf({ end, at }: EndGiven, { told, arrivedAt, now }: Told): number {
  const last = Math.max(0, ...told.map((entry) => entry.at));
  if (end === "undone") return last + 1;
  const wished = Math.max(at === undefined ? now : Date.parse(at), arrivedAt ?? 0);
  const isSaid = told.some(({ kind, outcome }) => (outcome ?? kind) === end);
  return isSaid ? Math.max(wished, last + 1) : wished;
}
