import { z } from "zod";
import type { House, SkillManifest } from "#kernel";
import type { Outside } from "./ports.ts";
import { BOUGHT, EXPIRE, INVITE, SAY, SEAL } from "./rules/timer-kinds.ts";
import { sayWhatHappened } from "./store/answering.ts";
import { noteEuro } from "./store/association/sales.ts";
import { sealDaily } from "./store/association/sealing.ts";
import { inviteInConversation } from "./store/inviting.ts";
import { expireRequest } from "./store/requests.ts";

const one = z.object({ requestId: z.number() });
const question = z.object({ contactId: z.number(), conversationId: z.number(), messageId: z.string() });
const bought = z.object({ reference: z.string(), what: z.string() });
const said = one.extend({ what: z.string() });

type Timers = ReturnType<NonNullable<SkillManifest["timers"]>>;

/** kind -> what happens when it is due. None of it touches a ledger: the process that has them looks around by itself. */
export function walletTimers(house: House, outside: Outside): Timers {
  const place = { house, outside };
  return {
    [SAY]: (timer) => sayWhatHappened(place, timer, said.parse(timer.payload)),
    [INVITE]: (timer) => inviteInConversation(place, timer, question.parse(timer.payload)),
    [BOUGHT]: (timer) => noteEuro(place, timer, bought.parse(timer.payload)),
    [SEAL]: (timer) => sealDaily(place, timer),
    [EXPIRE]: ({ tenantId, payload }) => expireRequest(place, tenantId, one.parse(payload).requestId),
  };
}
