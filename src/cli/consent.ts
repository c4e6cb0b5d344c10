import { verifyLedger } from "#kernel";
import { runIn } from "../kernel/consent/run.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";

/** `consent verify`: computes every company's ledger anew; exit code 1 when one does not hold. */
export async function consentCommand(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      data: { type: "string" },
      tenant: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.join(" ") !== "verify")
    throw new UsageError("consent has one word: verify. See augenhoehe --help.");
  const wanted = values.tenant === undefined ? null : Number(values.tenant);
  if (wanted !== null && !Number.isInteger(wanted)) throw new UsageError("--tenant is the id of a company.");
  const reports = await besideNode({ dataDir: values.data, mayMake: false }, async (kernel) => {
    const all = await kernel.db.registry((tx) =>
      tx.selectFrom("kernel.tenant").select(["id", "name"]).orderBy("id").execute(),
    );
    const tenants = all.filter(({ id }) => wanted === null || id === wanted);
    if (tenants.length === 0) throw new UsageError("There is no such company; see augenhoehe tenant list.");
    const list = [];
    for (const { id, name } of tenants) {
      if (tenants.length > 1) tell(`Company ${id} …`);
      list.push({ tenant: id, name, ...(await kernel.db.tenant(id, (tx) => verifyLedger(runIn(tx), id))) });
    }
    return list;
  });
  if (values.json) print(JSON.stringify(reports));
  else
    for (const { tenant, name, entries, proofs, faults } of reports) {
      const verdict = faults.length === 0 ? "holds" : "DOES NOT HOLD";
      print(
        `${tenant}  ${name}: ${entries} entries, ${proofs} with their personal values; the chain ${verdict}`,
      );
      for (const fault of faults) print(`    ${fault}`);
    }
  return reports.every(({ faults }) => faults.length === 0) ? 0 : 1;
}
