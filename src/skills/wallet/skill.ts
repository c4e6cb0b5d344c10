import { fileURLToPath } from "node:url";
import { defineSkill, type SkillManifest } from "#kernel";
import { events } from "./events.ts";
import type { Outside } from "./ports.ts";
import { walletRoutes } from "./routes/index.ts";
import { catalogue } from "./rules/catalogue.ts";
import { purposes } from "./rules/purposes.ts";
import { eraseWallet, exportWallet } from "./store/personal.ts";

/** A coin in the conversation: wallets, tills, the association behind it. The ledger itself is the skill coin. */
export function openWallet(_outside: Outside): SkillManifest {
  return defineSkill({
    id: "wallet",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes,
    events,
    messages: catalogue,
    routes: () => walletRoutes(),
    personalData: { export: exportWallet, erase: eraseWallet },
  });
}
