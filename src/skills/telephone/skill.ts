import { fileURLToPath } from "node:url";
import { defineSkill, type Flow, type House, type SkillManifest } from "#kernel";
import { decide } from "./flows/index.ts";
import { catalogue } from "./flows/words.ts";
import { telephoneTimers } from "./jobs.ts";
import type { Outside, Understanding } from "./ports.ts";
import { telephoneRoutes } from "./routes/index.ts";
import { mayBeTime, speaksOfCalls } from "./rules/call-wishes.ts";
import { purposes } from "./rules/purposes.ts";
import { eraseCalls, exportCalls, personNumbers } from "./store/personal.ts";
import { type OpenPromise, openPromises } from "./store/promises.ts";

/** What was said on the telephone stands in the same history; who called in vain, and who waits for a call, is called. */
export function openTelephone(outside: Outside): SkillManifest {
  return defineSkill({
    id: "telephone",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    events: {},
    personNumbers,
    messages: catalogue,
    routes: (house) => telephoneRoutes(house, outside),
    flow: (house) => telephoneFlow(house, outside.understanding),
    timers: telephoneTimers,
    personalData: { export: exportCalls, erase: eraseCalls },
  });
}

/** The flow as the pump calls it: promises are looked up of who speaks of a call, or was asked about one. */
function telephoneFlow(house: House, understanding: Understanding): Flow {
  // By company: two pumps prepare their own at the same time.
  const known = new Map<number, ReadonlyMap<number, OpenPromise>>();
  return {
    async prepare(tenantIds, open, said) {
      const asked = new Set(
        open.filter(({ flow }) => flow.skill === "telephone").map(({ tenantId }) => tenantId),
      );
      const writers = said.filter(({ tenantId, text }) => asked.has(tenantId) || isAboutCalls(text));
      for (const id of tenantIds) known.delete(id);
      if (writers.length === 0) return;
      for (const [id, promises] of await openPromises(house, writers)) known.set(id, promises);
    },
    turn: (turn) => decide(turn, known.get(turn.tenant.id)?.get(turn.conversation.id), understanding),
    whileWaiting: true,
    whileHeld: true,
  };
}

/** Buttons of ours carry no word of calls, but they are short and say so in either language. */
const isAboutCalls = (text: string): boolean =>
  speaksOfCalls(text) ||
  mayBeTime(text) ||
  /^(?:andere zeit|absagen|another time|cancel it)$/i.test(text.trim());
