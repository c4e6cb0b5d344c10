import { fileURLToPath } from "node:url";
import { defineSkill, type SkillManifest } from "#kernel";
import { ledgersOf } from "./host/ledgers.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";

/** A coin that is fully backed: its ledger. It speaks to nobody; wallet, till and association are the skill wallet. */
export function openCoin(): SkillManifest {
  return defineSkill({
    id: "coin",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    // The ledger knows random ids, keys and amounts. Who is behind an account stands elsewhere, under a purpose of its own.
    purposes: [],
    events: {},
    messages: { de, en },
    serve: (house) => ({ close: () => ledgersOf(house).close() }),
    personalData: { export: async () => ({}), erase: async () => {} },
  });
}
