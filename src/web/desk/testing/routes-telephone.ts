import { listCalls, listMissedCalls, logCall } from "../../../skills/telephone/api.ts";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { minutesFromNow } from "./world.ts";

/** Nobody called in vain; what is logged finishes the promise that it names. */
export const telephoneRoutes = [
  on(listMissedCalls, () => ({ items: [], suppressed: 0 })),
  on(listCalls, () => ({ items: [] })),
  on(logCall, (world, { body }) => {
    const promised = world.callbacks.find(({ id }) => id === body.callbackId);
    if (body.callbackId !== undefined && !promised) throw new Refusal(404, "not_found");
    if (promised) {
      Object.assign(promised, { state: "done", note: body.note, doneAt: minutesFromNow(0) });
      world.emit({ type: "changed", what: "callback", id: String(promised.id) });
    }
    return {
      call: {
        id: 1,
        direction: body.direction,
        outcome: body.outcome,
        at: minutesFromNow(0),
        seconds: body.seconds,
        phone: body.phone ?? "",
        contactId: null,
        conversationId: body.conversationId ?? null,
        messageId: null,
        note: body.note,
        topic: body.topic,
        source: "desk" as const,
        loggedBy: null,
        changeableUntil: null,
        isUndone: false,
      },
      told: null,
    };
  }),
];
