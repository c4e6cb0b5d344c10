import { type Kernel, migrate, tenantsWithConsents, verifyLedger } from "#kernel";
import { runIn } from "../../kernel/consent/run.ts";
import { surveyDatabase, surveyWork } from "../../kernel/db/survey.ts";
import { migrationSets } from "../../migrations.ts";
import { type Finding, findings } from "../doctor/finding.ts";

/** What is looked at after a restore or a drill: the promises that must hold in every installation. */
export async function checkRestored(kernel: Kernel): Promise<Finding[]> {
  const { address } = kernel.db;
  const { list, ok, bad } = findings();
  const check = (name: string, isWell: boolean, words: { well: string; ill: string }): void =>
    isWell ? ok(name, words.well) : bad(name, words.ill);
  const survey = await surveyDatabase(address, migrationSets, Date.now);
  check("migrations", survey.migrations.pending.length + survey.migrations.unknown.length === 0, {
    well: `All ${survey.migrations.applied.length} are applied.`,
    ill: `${[...survey.migrations.pending, ...survey.migrations.unknown].join(", ")} do not fit this version.`,
  });
  check("row security", survey.unguardedTables.length === 0, {
    well: "It is forced on every table that knows a company.",
    ill: `${survey.unguardedTables.join(", ")} do not force it.`,
  });
  const work = await surveyWork(address, Date.now());
  check("tenancy", work.isBlindWithoutTenant, {
    well: "Without a company nobody is seen.",
    ill: "A transaction without a company sees companies.",
  });
  check("messages sent without basis", work.withoutBasis === 0, {
    well: "0 rows.",
    ill: `${work.withoutBasis} were sent without a reason that holds; they were so when the backup was made.`,
  });
  const { entries, faults } = await verifyLedgers(kernel);
  check("ledger of consents", faults.length === 0, {
    well: `${entries} entries, every chain holds.`,
    ill: faults.slice(0, 3).join(" "),
  });
  return list;
}

async function verifyLedgers(kernel: Kernel): Promise<{ entries: number; faults: string[] }> {
  const tenants = await tenantsWithConsents(kernel.db);
  let entries = 0;
  const faults: string[] = [];
  for (const id of tenants) {
    const report = await kernel.db.tenant(id, (tx) => verifyLedger(runIn(tx), id));
    entries += report.entries;
    faults.push(...report.faults.map((fault) => `Company ${id}: ${fault}`));
  }
  return { entries, faults };
}

/** Brings an older backup to this version. @returns migrations applied now */
export function migrateForward(address: Kernel["db"]["address"]): Promise<string[]> {
  return migrate(address, migrationSets, Date.now(), { restoring: true });
}
