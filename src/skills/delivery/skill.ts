import { fileURLToPath } from "node:url";
import { defineSkill, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { deliveryTimers } from "./jobs.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
import { roomOf } from "./plan/room.ts";
import { allRoutes } from "./routes/index.ts";
import { purposes } from "./rules/purposes.ts";
import { eraseDeliveries, exportDeliveries, personNumbers } from "./store/personal.ts";

/** A day and a window that are promised only where a plan holds them. */
export function openDelivery(): SkillManifest {
  return defineSkill({
    id: "delivery",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    events,
    personNumbers,
    messages: { de, en },
    routes: (house) => allRoutes(house, roomOf(house)),
    timers: (house) => deliveryTimers(house, roomOf(house)),
    personalData: { export: exportDeliveries, erase: eraseDeliveries },
  });
}
