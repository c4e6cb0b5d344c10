import { z } from "zod";
import { AppError, type House, type SkillManifest, type Timer } from "#kernel";
import { sayAcross } from "./evening/across.ts";
import { tick } from "./evening/tick.ts";
import { improve, type Optimise, optimiseApart } from "./plan/improve.ts";
import type { Room } from "./plan/room.ts";
import type { Within } from "./plan/with-delivery.ts";
import { ACROSS, EVENING, EXPIRE, FORGET, FORGET_ACROSS, IMPROVE } from "./rules/timer-kinds.ts";
import { eraseForSender, forgetOld } from "./store/personal.ts";
import { tickAt } from "./store/timers.ts";
import { inTenant } from "./store/tx.ts";

const hold = z.object({ deliveryId: z.number() });
const forgotten = z.object({ carrierId: z.number(), deliveryId: z.number() });
const evening = z.object({ eveningId: z.number() });

/** What is there no more needs nothing. */
function unlessGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not_found")) throw error;
}

/** So often it is tried again at once. */
const TRIES = 4;
const MINUTE_MS = 60_000;

/** A timer that fails again and again is given up; an evening is not: the next minute is looked at whatever became of this one. */
async function lookAfter(within: Within, { tenantId, payload, attempts }: Timer): Promise<void> {
  const { house } = within;
  const place = { tenantId, ...evening.parse(payload) };
  try {
    await tick(within, place);
  } catch (error) {
    const isGone = error instanceof AppError && error.code === "not_found";
    if (!isGone && attempts >= TRIES)
      await inTenant(house, tenantId, (tx) => tickAt(tx, { ...place, at: house.clock.now() + MINUTE_MS }));
    throw error;
  }
}

/** kind -> what happens when it is due. Each is repeatable. */
export function deliveryTimers(
  house: House,
  { book, promises }: Room,
  optimise: Optimise = optimiseApart,
): ReturnType<NonNullable<SkillManifest["timers"]>> {
  return {
    [EXPIRE]: ({ tenantId, payload }: Timer) =>
      promises.expire(tenantId, hold.parse(payload).deliveryId).catch(unlessGone),
    [IMPROVE]: {
      run: async ({ tenantId, payload }: Timer) => {
        const { eveningId } = evening.parse(payload);
        await improve({ house, book, optimise }, { tenantId, eveningId }).catch(unlessGone);
      },
      // Each is a whole processor for seconds.
      places: { all: 2, perTenant: 1 },
    },
    [EVENING]: {
      run: (timer: Timer) => lookAfter({ house, book }, timer).catch(unlessGone),
      places: { all: 8, perTenant: 2 },
    },
    [ACROSS]: { run: (timer: Timer) => sayAcross(house, timer), places: { all: 8, perTenant: 4 } },
    [FORGET_ACROSS]: async ({ tenantId, payload }: Timer) => {
      const { carrierId, deliveryId } = forgotten.parse(payload);
      const one = { senderTenantId: tenantId, id: deliveryId };
      await inTenant(house, carrierId, (tx) => eraseForSender(tx, carrierId, one, house.clock.now()));
    },
    [FORGET]: ({ tenantId }: Timer) => forgetOld(house, tenantId),
  };
}
