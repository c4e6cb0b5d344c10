import { z } from "zod";
import { lookupRecord } from "../api/record.ts";
import { type Answered, askJson, type Reach, type Register } from "./asking.ts";

/**
 * A company's own service, by a contract of ours (docs/guide/lookup.md): a signed GET with `kind` and `number`, and records
 * of one shape. It names its own faults by HTTP's status codes.
 */

const RECORDS_MOST = 10;
const asked = lookupRecord.omit({ asOf: true }).extend({ asOf: z.iso.datetime({ offset: true }).optional() });
const answer = z.object({ records: z.array(asked).max(RECORDS_MOST) });

function ask(
  reach: Reach,
  query: Readonly<Record<string, string>>,
): Promise<Answered<z.output<typeof answer>>> {
  const { connection, outside, now } = reach;
  // An address that cannot be read is named by the door, as for every other adapter.
  const url = URL.canParse(connection.address) ? new URL(connection.address) : null;
  if (url) for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const request = { method: "GET" as const, url: url?.href ?? connection.address };
  const signature = outside.sign(connection.keys.signingKey ?? "", { ...request, body: null, at: now() });
  return askJson(reach, { ...request, headers: { "x-augenhoehe-signature": signature } }, { schema: answer });
}

export const ownService: Register = {
  kinds: ["order", "parcel", "invoice", "appointment", "machine"],
  keys: ["signingKey"],
  async find(reach, { kind, reference }) {
    const found = await ask(reach, { kind, number: reference });
    if ("failed" in found) return found;
    const now = reach.now();
    return {
      got: found.got.records.map((one) => ({
        ...one,
        asOf: one.asOf ? Math.min(Date.parse(one.asOf), now) : now,
      })),
    };
  },
  async test(reach) {
    // A number that nobody has: a service that keeps the contract knows none.
    const found = await ask(reach, { kind: "order", number: "0" });
    return "failed" in found ? found : { got: null };
  },
};
