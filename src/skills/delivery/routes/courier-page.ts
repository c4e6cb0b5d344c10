import {
  type AnyRoute,
  AppError,
  type Call,
  type Files,
  type House,
  rateLimiter,
  route,
  TooManyRequests,
} from "#kernel";
import { getCourierMap, getCourierPage, keepCourierPhoto, tellCourierEvents } from "../api/courier-page.ts";
import { record } from "../evening/record.ts";
import type { Room } from "../plan/room.ts";
import { courierOfKey, type KeyCourier, readCourierKey } from "../store/courier-key.ts";
import { readCourierMap } from "../store/courier-map.ts";
import { readCourierPage } from "../store/courier-page.ts";
import { keepPhoto, withOwnPhotos } from "../store/courier-photos.ts";
import { inTenant } from "../store/tx.ts";
import { shownFeatures } from "./shown-map.ts";

/** The courier's page: no session, a key in the header. */

/** A page that asks every half minute, tells what was queued in a dead zone, and sends its pictures. */
const BY_KEY = { burst: 120, perMinute: 120 };
/** Several couriers behind one address of a mobile network; guessing 256 bits is stopped long before. */
const BY_ADDRESS = { burst: 300, perMinute: 300 };
/** Keys that open nothing. */
const WRONG_KEYS = { burst: 20, perMinute: 10 };

const ENDED =
  "This link opens no page (any more). What you recorded stays on your phone. Ask the dispatcher for a new link.";

/** @param files where pictures are kept; bound in src/skills.ts */
export function courierPageRoutes(house: House, room: Room, files: () => Files): readonly AnyRoute[] {
  const byKey = rateLimiter(BY_KEY, house.clock);
  const byAddress = rateLimiter(BY_ADDRESS, house.clock);
  const wrongKeys = rateLimiter(WRONG_KEYS, house.clock);
  const within = { house, book: room.book };

  /** @throws AppError not_signed_in, too_many_requests */
  async function courierOf(request: Call<typeof getCourierPage>["request"]): Promise<KeyCourier> {
    const wait = byAddress.take(request.ip);
    if (wait !== null) throw new TooManyRequests(wait);
    const key = readCourierKey(request.headers.authorization);
    const courier = key && (await inTenant(house, key.tenantId, (tx) => courierOfKey(tx, key)));
    if (!courier) {
      const pause = wrongKeys.take(request.ip);
      if (pause !== null) throw new TooManyRequests(pause);
      throw new AppError("not_signed_in", ENDED);
    }
    const pause = byKey.take(`${courier.tenantId} ${courier.courierId}`);
    if (pause !== null) throw new TooManyRequests(pause);
    return courier;
  }

  return [
    route(getCourierPage, async ({ request, reply }) => {
      reply.header("cache-control", "no-store");
      return readCourierPage(house, await courierOf(request));
    }),
    route(getCourierMap, async ({ request, reply, query: { shiftId } }) => {
      reply.header("cache-control", "no-store");
      const { features, attribution } = await readCourierMap(house, await courierOf(request), shiftId);
      return { features: shownFeatures(features), attribution };
    }),
    route(tellCourierEvents, async ({ request, reply, body: { events } }) => {
      reply.header("cache-control", "no-store");
      const courier = await courierOf(request);
      const { tenantId, courierId } = courier;
      const told = await withOwnPhotos(house, tenantId, events);
      const results = await record(within, { tenantId, by: "courier", courierId }, told);
      return { results, page: await readCourierPage(house, courier) };
    }),
    route(keepCourierPhoto, async ({ request, body: { key, deliveryId, jpeg } }) => {
      const courier = await courierOf(request);
      const bytes = Buffer.from(jpeg, "base64");
      return { photoFileId: await keepPhoto({ house, files: files() }, courier, { key, deliveryId, bytes }) };
    }),
  ];
}
