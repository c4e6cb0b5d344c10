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

/** The flow as the pump calls it: promises are only looked up where somebody speaks of a call. */
function telephoneFlow(house: House, understanding: Understanding): Flow {
  // By company: two pumps prepare their own at the same time.
  const known = new Map<number, ReadonlyMap<number, OpenPromise>>();
  return {
    async prepare(tenantIds, open, said) {
      const asked = open.filter(({ flow }) => flow.skill === "telephone").map(({ tenantId }) => tenantId);
      const spoken = said.filter(({ text }) => isAboutCalls(text)).map(({ tenantId }) => tenantId);
      const wanted = [...new Set([...asked, ...spoken])];
      for (const id of tenantIds) known.delete(id);
      if (wanted.length === 0) return;
      const promises = await openPromises(house, wanted);
      for (const id of wanted) known.set(id, promises);
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
