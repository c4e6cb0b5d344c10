import { z } from "zod";
import { AppError, endCallback, type House, moveCallback, type Timer } from "#kernel";
import { PIECE_TRIES, PIECES_A_RUN } from "./rules/limits.ts";
import { FORGET, IMPORT, MOVE, SETTLE, WITHDRAW } from "./rules/timer-kinds.ts";
import { takePiece } from "./store/import-pieces.ts";
import { giveUpImport } from "./store/imports.ts";
import { forgetOld } from "./store/personal.ts";
import { logChange } from "./store/promises.ts";
import { settleRinging } from "./store/ringing.ts";
import { inTenant, schedule, tell } from "./store/tx.ts";

const ringing = z.object({ lineId: z.number(), callId: z.string() });
const list = z.object({ importId: z.number() });
const promise = z.object({ callbackId: z.number(), conversationId: z.number() });
const moved = promise.extend({ at: z.number(), until: z.number().nullable() });

/** kind -> what happens when it is due. Each is repeatable. @param pieces of a list in one go */
export function telephoneTimers(
  house: House,
  pieces = PIECES_A_RUN,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [SETTLE]: ({ tenantId, payload }) =>
      inTenant(house, tenantId, (tx) =>
        settleRinging(tx, { tenantId, ...ringing.parse(payload) }, house.clock.now()),
      ),
    [IMPORT]: (timer) => workOff(house, timer, pieces),
    [FORGET]: ({ tenantId }) => forgetOld(house, tenantId),
    [WITHDRAW]: ({ tenantId, payload }) => change(house, tenantId, promise.parse(payload), null),
    [MOVE]: ({ tenantId, payload }) => {
      const { at, until, ...place } = moved.parse(payload);
      return change(house, tenantId, place, { at, until });
    },
  };
}

/**
 * Piece by piece, each committed: others get their turn between, and a killed node goes on where it was. A list that cannot
 * be worked off does not stand in the way of the next one.
 */
async function workOff(house: House, { tenantId, payload, attempts }: Timer, pieces: number): Promise<void> {
  const { importId } = list.parse(payload);
  const place = () => ({ tenantId, importId, now: house.clock.now() });
  try {
    for (let n = 0; n < pieces; n++)
      if (!(await inTenant(house, tenantId, (tx) => takePiece(tx, place())))) return;
  } catch (error) {
    if (attempts < PIECE_TRIES) throw error;
    house.log.warn({ tenant: tenantId, importId }, "telephone: a list of calls is given up");
    return inTenant(house, tenantId, (tx) => giveUpImport(tx, place()));
  }
  const next = { tenantId, kind: IMPORT, key: String(importId), dueAt: house.clock.now(), payload };
  await inTenant(house, tenantId, (tx) => schedule(tx, next));
}

/** What the customer wrote becomes of the promise; a colleague who was faster stays right. */
async function change(
  house: House,
  tenantId: number,
  { callbackId: id, conversationId }: z.output<typeof promise>,
  to: { at: number; until: number | null } | null,
): Promise<void> {
  const now = house.clock.now();
  try {
    await inTenant(house, tenantId, async (tx) => {
      const place = { tenantId, id, now };
      if (to) await moveCallback(tx, place, { promisedAt: to.at, until: to.until });
      else await endCallback(tx, place, { isWithdrawn: true });
      const event = to ? "callback_moved" : "callback_withdrawn";
      const messageId = await logChange(tx, tenantId, { conversationId, event, now });
      await tell(tx, tenantId, [{ type: "message.created", conversationId, messageId }], now);
    });
  } catch (error) {
    const isOver = error instanceof AppError && (error.code === "conflict" || error.code === "not_found");
    if (!isOver) throw error;
  }
}
