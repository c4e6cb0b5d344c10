import { dueNotices } from "../engine/index.ts";
import type { Draft } from "./draft.ts";
import type { Due } from "./letters.ts";
import type { Running, RunningRound } from "./running.ts";
import { isToCome, type RunningDelivery } from "./stored.ts";

/** Which messages an evening owes its customers now. Pure. */

const HOUR_MS = 3_600_000;
/** Of a courier who was never heard: what should have been so long ago is announced no more. */
const PASSED_MS = 600_000;

/** Half-hours and lateness, round by round. */
export function dueIn(running: Running, rounds: readonly RunningRound[] = running.rounds): Due[] {
  return rounds.flatMap((round) => (round.isAbandoned ? [] : dueOf(running, round)));
}

function dueOf({ clock, now }: Running, { round, stops, isSilent, isOverdue, shift }: RunningRound): Due[] {
  const expected = stops.map((one) => one.expected);
  const byNode = new Map(stops.map(({ delivery, stop }) => [stop.stop, delivery]));
  return dueNotices(round, expected, clock.seconds(now)).flatMap((notice): Due[] => {
    const delivery = byNode.get(notice.stop);
    if (!delivery) return [];
    const told = {
      from: clock.ms(notice.told.from),
      until: clock.ms(notice.told.until),
      expectedAt: clock.ms(notice.told.expected),
    };
    // From silence nothing is concluded; what the plan says is near is announced once, if nobody was ever heard.
    if (isSilent && (notice.kind !== "coming" || shift.heardAt !== null)) return [];
    if (isSilent && told.expectedAt < now - PASSED_MS) return [];
    const { kind } = notice;
    // Whether the courier is late or only the phone has no net: what was told holds until something is heard, or the window is at risk.
    if (kind === "again" && isOverdue) return [];
    const latest = kind === "late" ? Math.max(told.until, delivery.latestAt) + 2 * HOUR_MS : told.until;
    return [{ kind, delivery, told, reference: referenceOf(delivery, kind, told.from), expiresAt: latest }];
  });
}

const referenceOf = ({ id }: RunningDelivery, kind: string, what: string | number): string =>
  `delivery ${id} ${kind} ${what}`;

/** Promises whose window has ended without the courier at the door, where the courier is heard of or gone. */
export function brokenIn({ evening, rounds, now }: Running): Due[] {
  const heard = new Set(
    rounds.filter(({ isSilent, isAbandoned }) => !isSilent || isAbandoned).map(({ shift }) => shift.id),
  );
  return evening.deliveries.flatMap((one): Due[] => {
    const { arrivedAt, latestAt, endedAt, brokenAt, outcome } = one;
    // What was taken back has an end, too, but nobody waits for it.
    if (brokenAt !== null || !(isToCome(one) || outcome !== null)) return [];
    if (outcome === "not_recorded" && one.state === "done") return [];
    const came = arrivedAt ?? (outcome === "not_recorded" ? null : endedAt);
    const isBroken =
      came !== null
        ? came > latestAt
        : one.state === "failed" ||
          (now > latestAt && heard.has(one.shiftId ?? 0) && evening.state === "running");
    if (!isBroken) return [];
    const compensationMinor =
      one.senderTenantId === null
        ? evening.compensationMinor
        : (evening.senderCompensations.get(one.senderTenantId) ?? evening.compensationMinor);
    return [
      {
        kind: "broken",
        delivery: one,
        compensationMinor,
        reference: referenceOf(one, "broken", latestAt),
        expiresAt: now + 24 * HOUR_MS,
      },
    ];
  });
}

/** Deliveries that came to their end in this transaction: as somebody told it, or because nobody brought them. */
export function newlyEnded(draft: Draft): RunningDelivery[] {
  const before = new Map(draft.before.deliveries.map((one) => [one.id, one]));
  return draft.changedDeliveries.filter(
    ({ id, state, outcome, endedAt }) =>
      outcome !== null &&
      (outcome !== "not_recorded" || state === "failed") &&
      endedAt !== null &&
      before.get(id)?.outcome !== outcome,
  );
}

/** What was said stands in the rows, whether it could be sent or not; a half-hour only where it was. */
export function noteSaid(
  draft: Draft,
  due: Due,
  sent: { readonly ok: boolean; readonly why: string | null },
  now: number,
): void {
  const { id } = due.delivery;
  draft.setDelivery(id, { untoldReason: sent.ok ? null : sent.why });
  if (due.kind === "broken") {
    // Beside what is owed for a promise before, which was broken and put off.
    const compensationMinor = draft.delivery(id).compensationMinor + (due.compensationMinor ?? 0);
    draft.setDelivery(id, { brokenAt: now, compensationMinor });
    return;
  }
  if (!sent.ok || !due.told) return;
  draft.setDelivery(id, { told: due.told, ...(due.kind === "late" && { lateSaidAt: now }) });
  const { shiftId } = due.delivery;
  draft.note({
    kind: due.kind === "late" ? "late_said" : "told",
    by: "automatic",
    shiftId,
    deliveryId: id,
    words: `${new Date(due.told.from).toISOString()}/${new Date(due.told.until).toISOString()}`,
  });
}
