import { fileURLToPath } from "node:url";
import { defineSkill, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { colleagueTimers } from "./jobs.ts";
import type { Desk } from "./ports.ts";
import { questionRoutes } from "./routes/questions.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { catalogue } from "./rules/catalogue.ts";
import { purposes } from "./rules/purposes.ts";
import { sayWhatIsOpen } from "./store/closing.ts";
import { eraseColleagues, exportColleagues } from "./store/personal.ts";
import { colleagueRecipients } from "./store/recipients.ts";

/** Colleagues without a seat at the desk answer a case by mail, and the answer lands in its conversation. */
export function openColleagues({ desk }: { desk: Desk }): SkillManifest {
  return defineSkill({
    id: "colleagues",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    events,
    messages: catalogue,
    recipients: colleagueRecipients,
    routes: (house) => [...settingsRoutes(house), ...questionRoutes(house, desk)],
    timers: (house) => colleagueTimers(house, desk),
    closing: sayWhatIsOpen,
    personalData: { export: exportColleagues, erase: eraseColleagues },
  });
}
