import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { weekTimers } from "./jobs.ts";
import type { FirstLevel, Hours, StaffPost } from "./ports.ts";
import { weekRoutes } from "./routes.ts";
import { catalogue } from "./rules/catalogue.ts";

export interface WeekOptions {
  firstLevel: FirstLevel;
  hours: Hours;
  post: StaffPost;
  /** Where the desk stands, "https://chat.example.org/desk". */
  deskUrl(house: House): string;
}

/** The owner's Monday page: the week that is over in one screen and one mail, and what it cost. */
export function openWeek(options: WeekOptions): SkillManifest {
  return defineSkill({
    id: "week",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    // It speaks to no customer and keeps nothing about one: counts of a company, and its own staff's choice.
    purposes: [],
    events: {},
    messages: catalogue,
    routes: (house) => weekRoutes(house, options),
    timers: (house) => weekTimers(house, options),
    personalData: { export: async () => ({}), erase: async () => {} },
  });
}
