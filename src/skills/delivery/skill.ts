import { fileURLToPath } from "node:url";
import { defineSkill, type House, type Kernel, openFiles, type SkillManifest } from "#kernel";
import type { WebhookPost } from "./adapters/send-webhooks.ts";
import { expectedOf } from "./evening/expected.ts";
import { type EveningOutside, setEveningOutside } from "./evening/outside.ts";
import { events } from "./events.ts";
import type { ReadTime } from "./flows/scene.ts";
import { catalogue } from "./flows/words.ts";
import { deliveryTimers } from "./jobs.ts";
import type { Geocoder } from "./places/geocoder.ts";
import { roomOf } from "./plan/room.ts";
import type { OwnerPost } from "./ports.ts";
import { allRoutes } from "./routes/index.ts";
import { purposes } from "./rules/purposes.ts";
import { afterTimers } from "./store/after/timers.ts";
import { eraseDeliveries, exportDeliveries, personNumbers } from "./store/personal.ts";
import { openChooseCities } from "./store/talk/choose-cities.ts";
import { courierTimers } from "./store/talk/courier-timers.ts";
import { withCouriers } from "./store/talk/courier-turns.ts";
import { openFindPlace } from "./store/talk/find-place.ts";
import { deliveryFlow } from "./store/talk/flow.ts";
import { talkTimers } from "./store/talk/timers.ts";
import { webhookTimers } from "./store/webhook-timers.ts";

interface Parts {
  readonly readTime: ReadTime;
  readonly geocoder: (house: House) => Geocoder;
  /** Approved words for channels whose window is closed; without it there are none. */
  readonly templates?: EveningOutside["templates"];
  /** Posts to addresses outside, never within the node's own network; without it no system is told. */
  readonly post?: (house: House) => WebhookPost;
  readonly owners?: OwnerPost;
}

/** A day and a window that are promised only where a plan holds them. */
export function openDelivery({
  readTime,
  geocoder: makeGeocoder,
  templates,
  post,
  owners,
}: Parts): SkillManifest {
  const eveningRoom = (house: House) => {
    if (templates) setEveningOutside(house, { templates });
    return roomOf(house);
  };
  const geocoders = new WeakMap<House, Geocoder>();
  // One a house: each holds names of streets in memory.
  const geocoder = (house: House): Geocoder => {
    const known = geocoders.get(house) ?? makeGeocoder(house);
    geocoders.set(house, known);
    return known;
  };
  return defineSkill({
    id: "delivery",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    events,
    personNumbers,
    messages: catalogue,
    routes: (house) =>
      allRoutes(house, eveningRoom(house), {
        geocoder: geocoder(house),
        files: () => openFiles(house as Kernel),
      }),
    flow: (house) => withCouriers(house, deliveryFlow(house, readTime)),
    timers: (house) => ({
      ...deliveryTimers(house, eveningRoom(house)),
      ...afterTimers(house, roomOf(house).promises),
      ...webhookTimers(house, { post: post?.(house), owners }),
      ...courierTimers({ house, book: roomOf(house).book }),
      ...talkTimers(house, {
        promises: roomOf(house).promises,
        findPlace: openFindPlace(geocoder(house), openChooseCities(house)),
        expectedOf: (tenantId, deliveryId) => expectedOf(house, tenantId, deliveryId),
      }),
    }),
    personalData: { export: exportDeliveries, erase: eraseDeliveries },
  });
}
