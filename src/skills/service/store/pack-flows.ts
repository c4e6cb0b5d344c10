import type { TenantProfile } from "#kernel";
import { inspectFlow } from "../flow-text/index.ts";
import { BARE_ORDER_NUMBER } from "../rules/index.ts";
import type { PackFlow } from "../rules/packs/index.ts";
import { type FlowRow, insertFlow, readFlows, removeFlow, saveDraft } from "./flow-drafts.ts";
import { readSurroundings } from "./flow-surroundings.ts";
import type { FlowTx } from "./flow-tables.ts";
import { lockLive, publishText, takeLive } from "./flow-versions.ts";

export interface FlowsApplied {
  readonly written: Readonly<Record<string, string>>;
  /** Flows that the company wrote or changed, and therefore stay as they are. */
  readonly kept: readonly string[];
  /** Flows that do not fit what is live already: they are drafts. */
  readonly drafts: readonly string[];
}

/**
 * Brings the company's flows to those of a pack, but for what it changed or removed.
 * @param before texts that this pack wrote the last time
 * @param taken names of flows that other packs wrote
 */
export async function applyFlows(
  tx: FlowTx,
  tenant: TenantProfile,
  parts: {
    flows: readonly PackFlow[];
    before: FlowsApplied["written"];
    taken: ReadonlySet<string>;
    now: number;
  },
): Promise<FlowsApplied> {
  const { flows, before, taken, now } = parts;
  if (flows.length > 0) await lockLive(tx, tenant.id);
  const rows = new Map((await readFlows(tx, tenant.id)).map((row) => [row.name, row]));
  const written: Record<string, string> = {};
  const [kept, drafts]: [string[], string[]] = [[], []];
  for (const { name, text } of flows) {
    const row = rows.get(name);
    const last = before[name];
    const isOurs = row ? row.draft === last : last === undefined;
    if (!isOurs) {
      if (last !== undefined) written[name] = last;
      else if (taken.has(name) && row?.draft === text) written[name] = text;
      // The same flow of another pack is nobody's change.
      if (!taken.has(name)) kept.push(name);
      continue;
    }
    written[name] = text;
    if (row?.draft === text) continue;
    const id = await writeDraft(tx, tenant.id, { row, name, text, now });
    if (await fits(tx, tenant, { name, text, now })) await publishText(tx, tenant.id, { id, text, now });
    else drafts.push(name);
  }
  return { written, kept, drafts };
}

async function writeDraft(
  tx: FlowTx,
  tenantId: number,
  { row, name, text, now }: { row: FlowRow | undefined; name: string; text: string; now: number },
): Promise<number> {
  if (!row) return insertFlow(tx, tenantId, { name, draft: text, now });
  await saveDraft(tx, tenantId, { id: row.id, revision: row.revision, draft: text, now });
  return row.id;
}

async function fits(
  tx: FlowTx,
  { id, timeZone }: TenantProfile,
  { name, text, now }: { name: string; text: string; now: number },
): Promise<boolean> {
  const surroundings = await readSurroundings(tx, id, name);
  const context = { now, timeZone, orderStyle: BARE_ORDER_NUMBER, isOpen: true };
  return inspectFlow(text, { surroundings, context, name }).faults.length === 0;
}

/** Takes the flows off that nobody changed; conversations in the middle of one go to a person. @returns those that stay */
export async function removeFlows(
  tx: FlowTx,
  tenantId: number,
  parts: { written: FlowsApplied["written"]; others: ReadonlySet<string>; now: number },
): Promise<string[]> {
  const kept: string[] = [];
  for (const row of await readFlows(tx, tenantId)) {
    if (parts.written[row.name] === undefined) continue;
    if (parts.others.has(row.name) || row.draft !== parts.written[row.name]) {
      kept.push(row.name);
      continue;
    }
    if (row.live_version !== null)
      await takeLive(tx, tenantId, { id: row.id, version: null, now: parts.now });
    await removeFlow(tx, tenantId, row.id);
  }
  return kept;
}
