import { AppError, type House, type Language, type Tx } from "#kernel";
import { type Pack, planApply, planRemove, type Written, wantedTopics } from "../rules/packs/index.ts";
import type { ServiceTables } from "../tables.ts";
import { noteChange } from "./changes.ts";
import { FLOWS } from "./flow-cache.ts";
import type { FlowTables } from "./flow-tables.ts";
import { KNOWLEDGE } from "./heads.ts";
import { applyFlows, removeFlows } from "./pack-flows.ts";
import { addOutOfScope, removeExamples, removeOutOfScope, removeTopics, writePlan } from "./pack-writing.ts";
import {
  type AppliedPack,
  forgetApplied,
  keepApplied,
  keepValues,
  lockPacks,
  readApplied,
  readStanding,
  readValues,
  type WrittenValue,
} from "./packs.ts";
import { checkLimits } from "./topics.ts";

type ServiceTx = Tx<ServiceTables>;

export interface ApplyOrder {
  readonly pack: Pack;
  readonly languages: readonly Language[];
  /** Facts that are written with it; "" takes one away. */
  readonly values: readonly WrittenValue[];
}

export interface Applied {
  readonly added: number;
  readonly updated: number;
  /** Intents and flows that the company changed or removed: they stay as they are. */
  readonly kept: readonly string[];
  /** Flows that wait as drafts, because another live flow has their topic. */
  readonly drafts: readonly string[];
}

const NOTHING: Written = { topics: {}, flows: {}, outOfScope: [] };

/**
 * Writes a pack into a company's knowledge, and its facts into this and every other pack that the company applied.
 * Repeatable: what the company changed since stays. The flows follow in a transaction of their own; an apply that was cut
 * off between is finished by the next.
 * @param packs all that there are, by name
 * @throws AppError rule_broken beyond the limits of topics and examples; nothing is kept then
 */
export async function applyPack(
  house: House,
  tenantId: number,
  packs: ReadonlyMap<string, Pack>,
  order: ApplyOrder,
): Promise<Applied> {
  const now = house.clock.now();
  const { name } = order.pack;
  const done = await inPacks(house, tenantId, async (tx) => {
    await keepValues(tx, tenantId, order.values);
    const before = await readApplied(tx, tenantId);
    const first = before.find((one) => one.name === name);
    const own = await writePack(tx, tenantId, { ...order, last: first, now });
    let isChanged = own.added + own.updated > 0 || own.isNew;
    for (const other of order.values.length > 0 ? before.filter((one) => one !== first) : []) {
      const pack = packs.get(other.name);
      if (!pack) continue;
      const { languages } = other;
      const found = await writePack(tx, tenantId, { pack, languages, values: [], last: other, now });
      isChanged ||= found.updated > 0;
    }
    await checkLimits(tx, tenantId);
    if (isChanged) await noteChange(tx, tenantId, now);
    return own;
  });
  await house.announce(KNOWLEDGE, tenantId);
  const flows = await writeFlows(house, tenantId, order.pack);
  return {
    added: done.added,
    updated: done.updated,
    kept: [...new Set([...done.kept, ...flows.kept])],
    drafts: flows.drafts,
  };
}

interface Writing extends ApplyOrder {
  readonly last: AppliedPack | undefined;
  readonly now: number;
}

async function writePack(tx: ServiceTx, tenantId: number, { pack, languages, last, now }: Writing) {
  const written = last?.written ?? NOTHING;
  const wanted = wantedTopics(pack, languages, await readValues(tx, tenantId));
  const others = (await readApplied(tx, tenantId)).filter(({ name }) => name !== pack.name);
  const plan = planApply(
    wanted,
    await readStanding(tx, tenantId),
    written.topics,
    others.map((one) => one.written.topics),
  );
  await writePlan(tx, tenantId, plan);
  const outOfScope = pack.outOfScope.filter(({ language }) => languages.includes(language));
  const had = new Set(written.outOfScope.map(({ language, text }) => `${language} ${text}`));
  const fresh = outOfScope.filter(({ language, text }) => !had.has(`${language} ${text}`));
  const added = await addOutOfScope(tx, tenantId, fresh);
  await keepApplied(tx, tenantId, {
    name: pack.name,
    languages,
    written: { topics: plan.written, flows: written.flows, outOfScope: [...written.outOfScope, ...added] },
    now,
  });
  return {
    added: plan.insert.length,
    updated: plan.change.length,
    kept: plan.kept.map(({ intent }) => intent),
    isNew: last === undefined,
  };
}

async function writeFlows(house: House, tenantId: number, pack: Pack) {
  const tenant = await house.profile(tenantId);
  const now = house.clock.now();
  const found = await inPacks(house, tenantId, async (tx) => {
    // What another apply wrote since the topics, or a remove took away, is read again behind the lock.
    const applied = await readApplied(tx, tenantId);
    const own = applied.find(({ name }) => name === pack.name);
    if (!own) throw new AppError("conflict", "The pack was removed meanwhile.");
    const taken = new Set(flowsBeside(applied, pack.name));
    const before = own.written.flows;
    const done = await applyFlows(tx, tenant, { flows: pack.flows, before, taken, now });
    await keepApplied(tx, tenantId, { ...own, written: { ...own.written, flows: done.written }, now });
    return done;
  });
  await house.announce(FLOWS, tenantId);
  return found;
}

function flowsBeside(applied: readonly AppliedPack[], name: string): string[] {
  return applied.filter((one) => one.name !== name).flatMap(({ written }) => Object.keys(written.flows));
}

export interface Removed {
  readonly removed: number;
  /** Intents and flows that stay. */
  readonly kept: readonly string[];
}

/**
 * Takes a pack away again, but for what the company or its customers wrote in it and what another pack needs; the
 * company's facts stay for the next time.
 * @throws AppError not_found when it is not applied
 */
export async function removePack(house: House, tenantId: number, name: string): Promise<Removed> {
  const now = house.clock.now();
  const [taken, flows] = await inPacks(house, tenantId, async (tx) => {
    const applied = await readApplied(tx, tenantId);
    const own = applied.find((one) => one.name === name);
    if (!own) throw new AppError("not_found");
    // The flows first: a flow names its topics.
    const stay = await removeFlows(tx, tenantId, {
      written: own.written.flows,
      others: new Set(flowsBeside(applied, name)),
      now,
    });
    const others = applied.filter((one) => one !== own).map(({ written }) => written);
    const found = await takeBack(tx, tenantId, own.written, others);
    await forgetApplied(tx, tenantId, name);
    await noteChange(tx, tenantId, now);
    return [found, stay] as const;
  });
  await house.announce(FLOWS, tenantId);
  await house.announce(KNOWLEDGE, tenantId);
  return { removed: taken.topics.length, kept: [...taken.kept, ...flows] };
}

/** Topics, examples and out-of-scope questions of one pack that nobody changed and no other pack needs. */
async function takeBack(tx: ServiceTx, tenantId: number, own: Written, others: readonly Written[]) {
  const standing = await readStanding(tx, tenantId);
  const found = planRemove(
    own.topics,
    standing,
    others.map(({ topics }) => topics),
  );
  await removeExamples(tx, tenantId, found.examples);
  await removeTopics(tx, tenantId, found.topics);
  const shared = new Set(others.flatMap(({ outOfScope }) => outOfScope.map(({ text }) => text)));
  await removeOutOfScope(
    tx,
    tenantId,
    own.outOfScope.filter(({ text }) => !shared.has(text)),
  );
  return found;
}

/** Knowledge and flows together, while nobody else applies or removes a pack of this company. */
function inPacks<T>(
  house: House,
  tenantId: number,
  work: (tx: Tx<ServiceTables & FlowTables>) => Promise<T>,
): Promise<T> {
  return house.db.tenant<T, ServiceTables & FlowTables>(tenantId, async (tx) => {
    await lockPacks(tx, tenantId);
    return work(tx);
  });
}
