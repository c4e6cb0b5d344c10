import { auditLedger } from "../skills/coin/single/audit.ts";
import { NoLedger } from "../skills/coin/single/faults.ts";
import { openVerifier } from "../skills/coin/single/verifier.ts";
import { openPgLedgerStore } from "../skills/coin/store/pg-ledger-store.ts";
import { besideNode } from "./beside.ts";
import { coinCheck } from "./coin-check.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";

type Report = Awaited<ReturnType<typeof auditLedger>> & { tenant: number; name: string };

const UNITS_A_COIN = 1_000_000;

/**
 * `coin check` looks at a customer's proof. `coin verify` builds every ledger anew from its blocks and says what it found; exit
 * code 1 when one does not hold.
 */
export async function coinCommand(args: string[]): Promise<number> {
  if (args[0] === "check") return coinCheck(args.slice(1));
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      data: { type: "string" },
      tenant: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.join(" ") !== "verify")
    throw new UsageError("coin has two words: verify and check. See augenhoehe --help.");
  const wanted = values.tenant === undefined ? null : Number(values.tenant);
  if (wanted !== null && !Number.isInteger(wanted)) throw new UsageError("--tenant is the id of a company.");
  const reports = await verifyAll(values.data, wanted);
  if (values.json) print(JSON.stringify(reports));
  else if (reports.length === 0) print("There is no ledger here.");
  else for (const report of reports) printReport(report);
  return reports.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

function verifyAll(dataDir: string | undefined, wanted: number | null): Promise<Report[]> {
  return besideNode({ dataDir, mayMake: false }, async (kernel) => {
    const all = await kernel.db.registry((tx) =>
      tx.selectFrom("kernel.tenant").select(["id", "name"]).orderBy("id").execute(),
    );
    const tenants = all.filter(({ id }) => wanted === null || id === wanted);
    if (tenants.length === 0) throw new UsageError("There is no such company; see augenhoehe tenant list.");
    const verifier = openVerifier();
    const reports: Report[] = [];
    try {
      for (const { id, name } of tenants) {
        const store = openPgLedgerStore({
          address: kernel.db.address,
          tenantId: id,
          now: () => kernel.clock.now(),
        });
        try {
          const audit = await auditLedger(store, verifier, (blocks, of) =>
            tell(`Company ${id}: block ${blocks} of ${of} …`),
          );
          reports.push({ tenant: id, name, ...audit });
        } catch (error) {
          if (!(error instanceof NoLedger)) throw error;
        } finally {
          await store.close();
        }
      }
    } finally {
      await verifier.close();
    }
    return reports;
  });
}

function printReport({ tenant, name, blocks, transactions, accounts, ...rest }: Report): void {
  const { supply, chainHash, snapshots, faults } = rest;
  print(
    `${tenant}  ${name}: ${blocks} blocks, ${transactions} transactions, ${accounts} accounts, ${supply / UNITS_A_COIN} coins`,
  );
  print(`    ${snapshots} snapshots hold; after block ${blocks} the hash is ${chainHash}`);
  print(
    faults.length === 0
      ? "    The ledger holds: every signature, rule, result and hash."
      : "    DOES NOT HOLD:",
  );
  for (const fault of faults) print(`    ${fault}`);
}
