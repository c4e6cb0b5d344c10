import { AppError } from "#kernel";
import { lawFault } from "../rules/law-words.ts";
import { worksOf } from "../rules/other-work.ts";
import { refusalOf } from "../rules/working-hours.ts";
import { readOtherWork } from "../store/other-work.ts";
import type { DeliveryTx } from "../store/tx.ts";

const WEEK_MS = 7 * 86_400_000;
/** The law looks back so far, and a later start is looked for so far ahead. */
const BACK_MS = 26 * WEEK_MS;
const AHEAD_MS = 26 * WEEK_MS;

interface Round {
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
}

/**
 * A courier's round beside all other work that is known of them.
 * @param rounds the others of the same courier with us
 * @throws AppError rule_broken where the working hours act refuses it, with the earliest start
 */
export async function refuseByLaw(
  tx: DeliveryTx,
  courier: { readonly tenantId: number; readonly courierId: number; readonly timeZone: string },
  round: Round,
  rounds: readonly Round[],
): Promise<void> {
  const { timeZone } = courier;
  const weekly = await readOtherWork(tx, courier);
  const span = { from: round.earliestAt - BACK_MS, until: round.latestAt + AHEAD_MS };
  const workOf = ({ earliestAt, latestAt }: Round) => ({ from: earliestAt, until: latestAt });
  const refusal = refusalOf(workOf(round), [...rounds.map(workOf), ...worksOf(weekly, span, timeZone)]);
  if (refusal) throw new AppError("rule_broken", lawFault(refusal, timeZone));
}
