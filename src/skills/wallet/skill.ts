import { fileURLToPath } from "node:url";
import { defineSkill, type House, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import { decide } from "./flows/index.ts";
import { walletTimers } from "./jobs.ts";
import type { Outside } from "./ports.ts";
import { allRoutes } from "./routes/index.ts";
import { catalogue } from "./rules/catalogue.ts";
import { purposes } from "./rules/purposes.ts";
import { openKnown } from "./store/known.ts";
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
    flow: walletFlow,
    timers: (house) => walletTimers(house, outside),
    personalData: { export: exportWallet, erase: eraseWallet },
  });
}

/** The flow as the pump calls it: who takes a coin is at hand before a batch, one pure decision a turn. */
function walletFlow(house: House) {
  const known = openKnown(house);
  return {
    prepare: known.prepare,
    turn: (turn: Parameters<typeof decide>[0]) => decide(turn, known.of(turn.tenant.id)),
    whileWaiting: true as const,
  };
}
