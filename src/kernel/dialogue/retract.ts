import { z } from "zod";
import type { PersonalRoom } from "../contacts/personal-data.ts";
import type { NewTimer } from "../jobs/timer-rows.ts";
import type { TimerHandlers } from "../jobs/timers.ts";
import type { House } from "../skill.ts";

/** A message that was taken back or changed, while the rooms may hold copies of its words. */
const RETRACT = "message_retracted";

const message = z.object({ conversationId: z.number(), messageId: z.uuid() });

/** In the batch's transaction, so that no copy outlives its message by more than a moment. */
export function retraction(
  tenantId: number,
  of: { conversationId: number; messageId: string; now: number },
): NewTimer {
  const { now, ...payload } = of;
  return {
    tenantId,
    kind: RETRACT,
    key: `${of.conversationId}.${of.messageId}`,
    dueAt: now,
    payload,
  };
}

/** Has every room remove its copies. */
export function retractTimers(
  house: Pick<House, "db">,
  rooms: readonly Pick<PersonalRoom, "personalData">[],
): TimerHandlers {
  return {
    [RETRACT]: async ({ tenantId, payload }) => {
      const retracted = { tenantId, ...message.parse(payload) };
      await house.db.tenant<void>(tenantId, async (tx) => {
        for (const { personalData } of rooms) await personalData.retract?.(tx, retracted);
      });
    },
  };
}
