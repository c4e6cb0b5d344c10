import {
  answerLater,
  applyLate,
  type Effect,
  type House,
  type LatePlace,
  lockTurn,
  setTimer,
  type Timer,
  takeTimer,
} from "#kernel";
import { arrivalWords, effectsOf, type Outcome } from "../../flows/outcome.ts";
import { isQuestion, optionsOf } from "../../flows/scene.ts";
import { FLOW, HOLD_OVER, holdOver, TALK, type Talk, type TalkCall, talkCall } from "../../flows/talk.ts";
import { say, valuesOf } from "../../flows/words.ts";
import { PROMISES } from "../../rules/purposes.ts";
import { allowArrival } from "../arrival-grant.ts";
import { readDelivery } from "../deliveries.ts";
import { type DeliveryTx, inTenant } from "../tx.ts";
import { perform } from "./acting.ts";
import { zoneOf } from "./looking.ts";
import type { TalkOutside } from "./outside.ts";
import type { Acted } from "./own-delivery.ts";
import { openServedCache, type Served } from "./served.ts";

/** What a turn asked for is done after it, outside of any transaction, and said in one. */

/** A node that dies in the middle of it so often gives it to a person. */
const MOST_CRASHES = 3;
const PLACES = { all: 32, perTenant: 8 } as const;
const SECOND_MS = 1_000;

/** kind -> what happens when it is due. */
export function talkTimers(house: House, outside: TalkOutside) {
  const cache = openServedCache(house);
  const servedOf = async (tenantId: number) => {
    await cache.prepare([tenantId]);
    return cache.of(tenantId);
  };
  return {
    [TALK]: {
      run: async (timer: Timer) =>
        talkLater(house, outside, { timer, served: await servedOf(timer.tenantId) }),
      places: PLACES,
    },
    [HOLD_OVER]: async (timer: Timer) => sayHoldOver(house, timer, await servedOf(timer.tenantId)),
  };
}

async function talkLater(
  house: House,
  outside: TalkOutside,
  { timer, served }: { timer: Timer; served: Served | null },
): Promise<void> {
  const call = talkCall.parse(timer.payload);
  const at = { ...call, tenantId: timer.tenantId };
  const before = await inTenant(house, timer.tenantId, (tx) => lockTurn(house, tx, at));
  if (!before) return;
  const isHopeless = timer.attempts > MOST_CRASHES || served === null;
  const acted: Acted = isHopeless
    ? { outcome: { is: "down" }, talk: call.talk }
    : await perform({ house, outside, served, turn: before.turn, call });
  await inTenant(house, timer.tenantId, async (tx) => {
    const place = await lockTurn(house, tx, at);
    // Said once: whoever comes second finds the timer gone.
    if (!place || !(await takeTimer(tx, timer))) return;
    const zone = served ? zoneOf(served, cityOf(acted)) : place.turn.tenant.timeZone;
    const effects = effectsOf(place.turn, acted.talk, acted.outcome, zone);
    await speak(house, tx, { place, call, effects });
    await watchHold(tx, timer.tenantId, { call, outcome: acted.outcome });
    const { outcome, talk } = acted;
    if (outcome.is !== "booked" || call.act.do !== "book") return;
    const { language } = talk;
    const { turn } = place;
    await allowArrival(tx, turn, {
      deliveryId: outcome.delivery.id,
      messageId: call.messageId,
      language,
      text: arrivalWords({ tenant: turn.tenant, language }),
    });
  });
}

function cityOf({ outcome, talk }: Acted): number | undefined {
  if ("delivery" in outcome) return outcome.delivery.cityId;
  if (outcome.is === "expected") return outcome.of[0]?.delivery.cityId;
  return (outcome.is === "offers" ? outcome.moving?.cityId : undefined) ?? talk.where?.cityId;
}

/** Acts that changed something are told whatever was asked since; a question only where nobody asks anything else now. */
async function speak(
  house: House,
  tx: DeliveryTx,
  { place, call, effects }: { place: LatePlace; call: TalkCall; effects: readonly Effect[] },
): Promise<void> {
  const { turn, state } = place;
  const { flow } = turn.conversation;
  const isFree = flow === null || flow.flow === "" || flow.skill === "delivery";
  // A person will come, but may be long: what is asked meanwhile can be tapped, and a yes to what is held is heard.
  const isAsked = effects.some((one) => one.do === "ask") && !effects.some((one) => one.do === "handOver");
  if ((state === "bot" || (state === "waiting" && isAsked)) && isFree) {
    await applyLate(house, tx, { skill: "delivery", purpose: PROMISES, turn, effects });
    return;
  }
  if (state === "bot" && isQuestion(call.act)) return;
  const { id: tenantId } = turn.tenant;
  for (const effect of effects) {
    if (effect.do !== "say" && effect.do !== "ask") continue;
    await answerLater(house, tx, {
      tenantId,
      conversationId: call.conversationId,
      messageId: call.messageId,
      purpose: PROMISES,
      content: {
        type: "text",
        text: effect.text ?? "",
        ...(effect.options?.length && { options: effect.options }),
        ...(effect.card && { card: effect.card }),
      },
      now: turn.now,
    });
  }
}

/** The end of a hold is said, if nobody has gone on meanwhile. */
async function watchHold(
  tx: DeliveryTx,
  tenantId: number,
  { call, outcome }: { call: TalkCall; outcome: Outcome },
): Promise<void> {
  if (outcome.is !== "held" && outcome.is !== "moved") return;
  const { id, holdUntil, state } = outcome.delivery;
  if (state !== "held" || holdUntil === null) return;
  const { conversationId, messageId } = call;
  await setTimer(tx, {
    tenantId,
    kind: HOLD_OVER,
    key: String(id),
    dueAt: holdUntil + SECOND_MS,
    payload: { conversationId, messageId, deliveryId: id },
  });
}

async function sayHoldOver(house: House, timer: Timer, served: Served | null): Promise<void> {
  if (!served) return;
  const at = holdOver.parse(timer.payload);
  const { carrierId } = served;
  const delivery = await inTenant(house, carrierId, (tx) => readDelivery(tx, carrierId, at.deliveryId));
  const now = house.clock.now();
  const isOver =
    delivery.state === "expired" || (delivery.state === "held" && (delivery.holdUntil ?? now) <= now);
  if (!isOver) return;
  await inTenant(house, timer.tenantId, async (tx) => {
    const place = await lockTurn(house, tx, { ...at, tenantId: timer.tenantId });
    if (!place || (place.state !== "bot" && place.state !== "waiting")) return;
    if (!(await takeTimer(tx, timer))) return;
    const { turn } = place;
    const { flow } = turn.conversation;
    if (flow?.skill !== "delivery" || flow.flow !== FLOW || flow.step !== "held") return;
    const { deliveryId, language } = flow.data as Partial<Talk>;
    if (deliveryId !== at.deliveryId) return;
    const speaking = {
      tenant: turn.tenant,
      language: language ?? turn.conversation.language,
      timeZone: zoneOf(served, delivery.cityId),
    };
    const text = say(speaking, "holdOver", valuesOf(speaking, delivery));
    const options = optionsOf(speaking, [["optionLook", "windows"]]);
    const effects: Effect[] = [{ do: "say", text, options }, { do: "endFlow" }];
    await applyLate(house, tx, { skill: "delivery", purpose: PROMISES, turn, effects });
  });
}
