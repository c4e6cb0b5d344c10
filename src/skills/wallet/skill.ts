import { fileURLToPath } from "node:url";
import { defineSkill, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { walletTimers } from "./jobs.ts";
import type { Outside } from "./ports.ts";
import { allRoutes } from "./routes/index.ts";
import { catalogue } from "./rules/catalogue.ts";
import { purposes } from "./rules/purposes.ts";
import { eraseWallet, exportWallet } from "./store/personal.ts";
import { serveJobs } from "./store/runner.ts";

/** A coin in the conversation: wallets, tills, the association behind it. The ledger itself is the skill coin. */
export function openWallet(outside: Outside): SkillManifest {
  return defineSkill({
    id: "wallet",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    events,
    messages: catalogue,
    routes: (house) => allRoutes(house, outside),
    serve: (house) => serveJobs(house, outside),
    timers: (house) => walletTimers(house, outside),
    personalData: { export: exportWallet, erase: eraseWallet },
  });
}
