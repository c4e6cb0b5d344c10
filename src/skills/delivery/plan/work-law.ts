import { lawFault } from "../rules/law-words.ts";
import { worksOf } from "../rules/other-work.ts";
import { refusalOf, standingFault } from "../rules/working-hours.ts";
import { type CourierRound, listCourierRounds } from "../store/evenings.ts";
import { readOtherWork } from "../store/other-work.ts";
import type { DeliveryTx } from "../store/tx.ts";
import { LawRefused } from "./law-refused.ts";

/** What the working hours act says to a courier's rounds beside all other work that is known of them. */

const WEEK_MS = 7 * 86_400_000;
/** The law looks back so far, and a later start is looked for so far ahead. */
const BACK_MS = 26 * WEEK_MS;
const AHEAD_MS = 26 * WEEK_MS;

interface Round {
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
}

interface OfCourier {
  readonly tenantId: number;
  readonly courierId: number;
}

const workOf = ({ earliestAt, latestAt }: Round) => ({ from: earliestAt, until: latestAt });

/**
 * A round that is planned anew.
 * @param rounds the others of the same courier with us
 * @throws LawRefused where the act refuses it, with the earliest start
 */
export async function refuseByLaw(
  tx: DeliveryTx,
  courier: OfCourier & { readonly timeZone: string },
  round: Round,
  rounds: readonly Round[],
): Promise<void> {
  const { timeZone } = courier;
  const weekly = await readOtherWork(tx, courier);
  const span = { from: round.earliestAt - BACK_MS, until: round.latestAt + AHEAD_MS };
  const refusal = refusalOf(workOf(round), [...rounds.map(workOf), ...worksOf(weekly, span, timeZone)]);
  if (refusal) throw new LawRefused(refusal, timeZone);
}

/** A planned round that the act refuses. */
interface RefusedRound extends CourierRound {
  /** Which rule, and what there would be. */
  readonly reason: string;
}

/**
 * Planned rounds that the act refuses beside the other work as it is written now: it was told, or changed, after they were
 * planned. The earliest first.
 * @param now ms; rounds that have begun are not named
 */
export async function refusedRounds(
  tx: DeliveryTx,
  { tenantId, courierId }: OfCourier,
  now: number,
): Promise<readonly RefusedRound[]> {
  const weekly = await readOtherWork(tx, { tenantId, courierId });
  const rounds = await listCourierRounds(tx, tenantId, courierId);
  const toCome = rounds.filter(({ earliestAt }) => earliestAt > now).reverse();
  const from = Math.min(...toCome.map(({ earliestAt }) => earliestAt)) - BACK_MS;
  const until = Math.max(...toCome.map(({ latestAt }) => latestAt)) + AHEAD_MS;
  const zones = new Set(toCome.map(({ timeZone }) => timeZone));
  // For all rounds of a zone at once: a year of moments by its clock.
  const works = new Map([...zones].map((zone) => [zone, worksOf(weekly, { from, until }, zone)]));
  return toCome.flatMap((round) => {
    const { timeZone } = round;
    const others = rounds.filter(({ id }) => id !== round.id).map(workOf);
    const refusal = standingFault(workOf(round), [...others, ...(works.get(timeZone) ?? [])]);
    return refusal ? [{ ...round, reason: lawFault(refusal, timeZone) }] : [];
  });
}
