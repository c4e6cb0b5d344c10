import { fileURLToPath } from "node:url";
import { defineSkill, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
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
    personalData: { export: exportDeliveries, erase: eraseDeliveries },
  });
}
