import { type AnyRoute, AppError, type Call, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import { actLive, getLive, getLiveMap, listLiveWindows } from "../api/live.ts";
import { expectedIn } from "../evening/expected.ts";
import { type Running, readRunning } from "../evening/running.ts";
import { doorNote, takeBackNote } from "../flows/door-notes.ts";
import type { Room } from "../plan/room.ts";
import { nextStep } from "../rules/hand-over.ts";
import { choicesOf, opensUntil } from "../rules/live-choices.ts";
import { mayTryAgain, tryAgain, windowsAgain } from "../store/after/again.ts";
import { answerIn } from "../store/after/answers.ts";
import { featuresAround, readCityMap } from "../store/city-maps.ts";
import { askToTake, findLive, type LiveDelivery, readWay, writeChoice } from "../store/live.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { type Expected, type Seen, shownLive } from "./shown-live.ts";
import { shownFeatures } from "./shown-map.ts";

/** The customer's page of one delivery: whoever has its key sees that delivery and nothing else. */

/** Hexadecimal, because messengers cut a link that ends with a hyphen; the company leads the way to its own rows. */
const KEY = /^Delivery (\d{1,9})\.([0-9a-f]{32})$/;
/** A page asks three times a minute; a family opens it on several telephones. */
const RULE = { burst: 60, perMinute: 60 };
/** Round the door. */
const MAP_METRES = 5_000;

interface Key {
  readonly tenantId: number;
  readonly liveKey: string;
}

export function liveRoutes(house: House, { promises }: Room): readonly AnyRoute[] {
  const expectedOf = sharedExpected(house);
  const limit = rateLimiter(RULE, house.clock);
  const open = ({ request, reply }: Pick<Call<typeof getLive>, "request" | "reply">): Key => {
    reply.header("cache-control", "no-store");
    const [, tenant, liveKey] = KEY.exec(request.headers.authorization ?? "") ?? [];
    if (!tenant || !liveKey) throw ended();
    const wait = limit.take(liveKey);
    if (wait !== null) throw new TooManyRequests(wait);
    return { tenantId: Number(tenant), liveKey };
  };
  const seen = (key: Key) => seenBy(house, key, expectedOf);
  return [
    route(getLive, async (call) => shownLive(await seen(open(call)))),
    route(getLiveMap, async (call) => {
      const key = open(call);
      const { map, place } = await withDelivery(house, key, async (tx, { cityId, place }) => ({
        map: await readCityMap(tx, { tenantId: key.tenantId, cityId }),
        place,
      }));
      return {
        features: shownFeatures(featuresAround(map.features, place, MAP_METRES)),
        attribution: map.attribution,
      };
    }),
    route(listLiveWindows, async (call) => {
      const key = open(call);
      const one = await withDelivery(house, key, async (_, delivery) => delivery);
      if (!mayTryAgain(one)) return { windows: [] };
      const { windows } = await windowsAgain(promises, key.tenantId, one);
      return {
        windows: windows.map(({ eveningId, earliestAt, latestAt, priceMinor, currency }) => ({
          eveningId,
          earliestAt: new Date(earliestAt).toISOString(),
          latestAt: new Date(latestAt).toISOString(),
          priceMinor,
          currency,
        })),
      };
    }),
    route(actLive, async (call) => {
      const { body } = call;
      const key = open(call);
      if (body.do === "other_window") {
        const one = await withDelivery(house, key, async (_, delivery) => delivery);
        const window = {
          eveningId: body.eveningId,
          earliestAt: Date.parse(body.earliestAt),
          latestAt: Date.parse(body.latestAt),
        };
        const again = await tryAgain(house, promises, {
          tenantId: key.tenantId,
          deliveryId: one.id,
          window,
        });
        if ("impossible" in again) throw impossible(one);
        if ("gone" in again)
          throw new AppError("conflict", "This window was taken meanwhile; choose another.");
      } else if (body.do === "answer") await answer(house, key, body);
      else if (body.do === "take_back") await takeAlong(house, key, body.words);
      else await choose(house, key, body);
      return shownLive(await seen(key));
    }),
  ];
}

const ended = (): AppError =>
  new AppError("not_signed_in", "This link has ended. The conversation knows what became of the delivery.");

/** @throws AppError not_signed_in when the key opens nothing (any more) */
function withDelivery<T>(
  house: House,
  { tenantId, liveKey }: Key,
  work: (tx: DeliveryTx, delivery: LiveDelivery) => Promise<T>,
): Promise<T> {
  return inTenant(house, tenantId, async (tx) => {
    const delivery = await findLive(tx, tenantId, liveKey);
    if (!delivery || delivery.isPersonGone || opensUntil(delivery) <= house.clock.now()) throw ended();
    return work(tx, delivery);
  });
}

type ExpectedOf = (tenantId: number, delivery: LiveDelivery) => Promise<Expected | null>;

/** Of a round that many customers look at, one reading at a time is made: who asks meanwhile gets it too. */
function sharedExpected(house: House): ExpectedOf {
  const open = new Map<string, Promise<Running>>();
  return async (tenantId, { id, eveningId, shiftId }) => {
    if (shiftId === null) return null;
    const key = `${tenantId} ${shiftId}`;
    let reading = open.get(key);
    if (!reading) {
      reading = readRunning(house, tenantId, eveningId, shiftId).finally(() => open.delete(key));
      open.set(key, reading);
    }
    return expectedIn(await reading, id);
  };
}

async function seenBy(house: House, key: Key, expectedOf: ExpectedOf): Promise<Seen> {
  const { tenantId } = key;
  const found = await withDelivery(house, key, async (tx, delivery) => ({
    delivery,
    // Where the courier is, is told to nobody who was not told that it comes.
    way: isNear(delivery) ? await readWay(tx, tenantId, delivery) : null,
  }));
  const { delivery } = found;
  const { eveningState, toldAt, endedAt } = delivery;
  const isRunning =
    endedAt === null && (eveningState === "running" || (eveningState === "planned" && toldAt !== null));
  return {
    ...found,
    expected: isRunning ? await expectedOf(tenantId, delivery) : null,
    carrier: await house.profile(tenantId),
    sender: delivery.senderTenantId === null ? null : await house.profile(delivery.senderTenantId),
    now: house.clock.now(),
  };
}

const isNear = ({ toldAt, endedAt }: LiveDelivery): boolean => toldAt !== null && endedAt === null;

type Choosing = { do: "home" | "not_home" } | { do: "neighbour" | "leave"; words: string };

export async function choose(house: House, key: Key, body: Choosing): Promise<void> {
  const { tenantId } = key;
  await withDelivery(house, key, async (tx, one) => {
    if (!choicesOf({ ...one, next: null }).includes(body.do)) throw impossible(one);
    const note = doorNote(await house.profile(tenantId), body.do, "words" in body ? body.words : "");
    await writeChoice(tx, { tenantId, id: one.id, choice: body.do, ...note, now: house.clock.now() });
  });
}

async function takeAlong(house: House, key: Key, words: string): Promise<void> {
  const { tenantId } = key;
  await withDelivery(house, key, async (tx, one) => {
    const note = takeBackNote(await house.profile(tenantId), words);
    const asked = await askToTake(tx, { tenantId, id: one.id, ...note, now: house.clock.now() });
    if (!asked)
      throw new AppError(
        "rule_broken",
        "The courier takes nothing along from this door (any more); the note stays.",
      );
  });
}

/** What is not possible is refused with what is. */
function impossible(one: LiveDelivery): AppError {
  const possible = choicesOf({ ...one, next: nextStep(one, one.rule) });
  const rest =
    possible.length > 0 ? `Possible is: ${possible.join(", ")}.` : "Nothing can be chosen any more.";
  return new AppError("rule_broken", `This is not possible for this delivery now. ${rest}`);
}

interface Answering {
  readonly answer: "good" | "bad";
  readonly words: string;
}

function answer(house: House, key: Key, { answer: given, words }: Answering): Promise<void> {
  return withDelivery(house, key, (tx, delivery) => {
    if (delivery.state !== "done") throw impossible(delivery);
    const { tenantId } = key;
    return answerIn(house, tx, { tenantId, delivery, answer: given, words, now: house.clock.now() });
  });
}
