import { z } from "zod";
import { type House, sideTimer, type Timer } from "#kernel";
import type { Desk } from "./ports.ts";
import { EXPIRE, FORGET, REMIND, ROOM, SEND } from "./rules/timer-kinds.ts";
import { takeReply } from "./store/replies.ts";
import { type Due, expireQuestion, forgetQuestion, remind, sendQuestion } from "./store/sending.ts";

const one = z.object({ questionId: z.number() });

function dueOf({ tenantId, payload, attempts }: Timer): Due {
  return { tenantId, attempts, questionId: one.parse(payload).questionId };
}

/** Mails wait for servers of others: a slow one takes no more than these places. */
const PLACES = { all: 8, perTenant: 2 };

/** kind -> what happens when it is due. Each is repeatable. */
export function colleagueTimers(house: House, desk: Desk) {
  return {
    [SEND]: { run: (timer: Timer) => sendQuestion(house, desk, dueOf(timer)), places: PLACES },
    [REMIND]: { run: (timer: Timer) => remind(house, desk, dueOf(timer)), places: PLACES },
    [EXPIRE]: (timer: Timer) => expireQuestion(house, desk, dueOf(timer)),
    [FORGET]: (timer: Timer) => forgetQuestion(house, dueOf(timer)),
    [sideTimer(ROOM)]: ({ tenantId, key }: Timer) => takeReply(house, desk, { tenantId, id: Number(key) }),
  };
}
