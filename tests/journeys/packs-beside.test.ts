import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError, type House } from "#kernel";
import { type World, world } from "#kernel/testing";
import type { Pack } from "../../src/skills/service/rules/packs/index.ts";
import { applyPack, removePack } from "../../src/skills/service/store/pack-apply.ts";

/** Two people work on a company's packs at once: what one takes away is not written back by the other. */

const FLOW = `flow price_list
  title
    de: Preisliste
    en: Price list
  start
    de: Preisliste bitte
    en: Price list please

step begin
  say
    de: Sie kommt.
    en: On its way.
  -> end
`;
const words = {
  title: "Preise",
  answer: "Ab 5 Euro.",
  options: [],
  question: null,
  examples: ["Was kostet das?"],
};
const PACK: Pack = {
  name: "little",
  title: { de: "Klein", en: "Little" },
  description: { de: "Klein", en: "Little" },
  placeholders: [],
  topics: [{ intent: "prices", cost: 1, flow: "", words: { de: words, en: words } }],
  outOfScope: [],
  messages: [],
  flows: [{ name: "price_list", text: FLOW }],
};
const PACKS = new Map([[PACK.name, PACK]]);
const ORDER = { pack: PACK, languages: ["de"], values: [] } as const;

let here: World;
beforeAll(async () => {
  here = await world();
});
afterAll(() => here.close());

/** A house in which somebody else does something just before the n-th transaction begins. */
function disturbed(n: number, work: () => Promise<unknown>): House {
  const { kernel } = here;
  let begun = 0;
  const db = Object.create(kernel.db) as House["db"];
  db.tenant = (async (tenantId: number, inside: never) => {
    if (++begun === n) await work();
    return kernel.db.tenant(tenantId, inside);
  }) as House["db"]["tenant"];
  return Object.assign(Object.create(kernel) as House, { db });
}

async function standing(tenantId: number) {
  const count = async (table: string) => {
    const { rows } = await here.kernel.db.tenant(tenantId, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
    );
    return rows[0]?.n;
  };
  return {
    packs: await count("service.pack"),
    topics: await count("service.topic"),
    flows: await count("service.flow"),
  };
}

const NOTHING = { packs: 0, topics: 0, flows: 0 };
const ALL = { packs: 1, topics: 1, flows: 1 };
/** Whoever comes second may hear that the other one was quicker. */
const told = (error: unknown) => {
  if (!(error instanceof AppError)) throw error;
};

test.each([2, 3, 4])(
  "removed before transaction %i of an apply, a pack is gone or whole, never half",
  async (n) => {
    const { id } = await here.tenant();
    const removed = () => removePack(here.kernel, id, PACK.name).catch(told);
    await applyPack(disturbed(n, removed), id, PACKS, ORDER).catch(told);
    expect([NOTHING, ALL]).toContainEqual(await standing(id));
  },
);

test.each([2, 3, 4])(
  "applied before transaction %i of a remove, a pack is gone or whole, never half",
  async (n) => {
    const { id } = await here.tenant();
    await applyPack(here.kernel, id, PACKS, ORDER);
    expect(await standing(id)).toEqual(ALL);
    const applied = () => applyPack(here.kernel, id, PACKS, ORDER).catch(told);
    await removePack(disturbed(n, applied), id, PACK.name).catch(told);
    expect([NOTHING, ALL]).toContainEqual(await standing(id));
  },
);
