import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { type DatabaseAddress, readConfig, readCsv } from "#kernel";
import { openNode } from "../../../src/main.ts";
import { trainTenant } from "../../../src/skills/service/jobs.ts";
import { importKnowledge } from "../../../src/skills/service/store/import.ts";
import { seeded } from "../machine/random.ts";
import { tenantIdsByRank } from "./seed.ts";

/**
 * Knowledge for all companies: variants of the demo company's, each with some topics left out, so that each has
 * a model of its own. Every variant is imported and trained by the product's own code for one company and then
 * copied to the others that share it (without the example questions, which only training reads).
 */

export const VARIANTS = 56;
const LEFT_OUT = 8;
const DEMO = join(import.meta.dirname, "../../../demo/hansekontor");
const CLASSIFIER = join(import.meta.dirname, "../../../src/skills/service/engine");

const read = (name: string): string => readFileSync(join(DEMO, name), "utf8");

/** Questions that no model has seen, as customers would write them. */
export function testQuestions(): string[] {
  return column(read("test-questions.csv"), "text");
}

/** Example questions as they stand in the knowledge: every variant that has the topic answers them for sure. */
export function sureQuestions(): string[] {
  const topics = intents();
  // Topics that no variant leaves out.
  const kept = new Set(
    topics.filter(
      (_, n) =>
        !Array.from({ length: VARIANTS }, (_, v) => leftOut(v, topics.length)).some((out) => out.has(n)),
    ),
  );
  const { names, rows } = table(read("examples.csv"));
  const intent = names.indexOf("intent");
  const text = names.indexOf("text");
  return rows.filter((fields) => kept.has(fields[intent] ?? "")).map((fields) => fields[text] ?? "");
}

function table(source: string): { names: string[]; rows: (readonly string[])[] } {
  const [head, ...body] = readCsv(source).records;
  return { names: [...(head?.fields ?? [])], rows: body.map((record) => record.fields) };
}

function column(source: string, name: string): string[] {
  const { names, rows } = table(source);
  return rows.map((fields) => fields[names.indexOf(name)] ?? "");
}

function intents(): string[] {
  return [...new Set(column(read("topics.csv"), "intent"))];
}

/** Which topics a variant does without; the first topics stay in all of them. */
function leftOut(variant: number, topics: number): Set<number> {
  const random = seeded(variant + 1);
  const out = new Set<number>();
  while (out.size < LEFT_OUT) out.add(ALWAYS + Math.floor(random() * (topics - ALWAYS)));
  return out;
}
/** Topics that every variant has. */
const ALWAYS = 12;

/** The rows of a CSV file whose intent is not left out. */
function without(source: string, out: ReadonlySet<string>): string {
  const { names, rows } = table(source);
  const intent = names.indexOf("intent");
  const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
  return [names, ...rows.filter((fields) => !out.has(fields[intent] ?? ""))]
    .map((fields) => fields.map(quoted).join(","))
    .join("\n");
}

/** What the knowledge is made from: other files need other models. */
export function knowledgeStamp(): string {
  const hash = createHash("sha256").update(`${VARIANTS} ${LEFT_OUT} ${ALWAYS}`);
  for (const folder of [DEMO, CLASSIFIER, join(CLASSIFIER, "../store")])
    for (const name of readdirSync(folder).sort())
      if (/\.(csv|ts)$/.test(name) && !name.includes(".test.")) hash.update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

/**
 * Gives an installation its knowledge, and takes away what it knew before.
 * @param modelFolder trained models are kept there under the hash of what they were trained from
 */
export async function seedKnowledge(
  client: pg.ClientBase,
  parts: { address: DatabaseAddress; modelFolder: string; say: (sentence: string) => void },
): Promise<void> {
  const { address, modelFolder, say } = parts;
  await client.query(
    "truncate service.topic, service.answer, service.example, service.topic_count, service.tenant_model, service.model, service.unanswered cascade",
  );
  await restoreModels(client, modelFolder);
  const topics = intents();
  const tenants = await tenantIdsByRank(client);
  const node = await openNode(readConfig({ dataDir: "unused", logLevel: "error" }), address);
  try {
    for (let variant = 0; variant < VARIANTS; variant++) {
      if (variant % 8 === 0)
        say(`Training knowledge ${variant + 1} to ${Math.min(VARIANTS, variant + 8)} of ${VARIANTS}.`);
      const out = new Set([...leftOut(variant, topics.length)].map((n) => topics[n] ?? ""));
      const tenantId = tenants.get(variant + 1) as number;
      await importKnowledge(node.kernel, tenantId, {
        language: "de",
        examples: without(read("examples.csv"), out),
        answers: without(read("topics.csv"), out),
      });
      await trainTenant(node.kernel, tenantId);
    }
  } finally {
    await node.close();
  }
  await keepModels(client, modelFolder);
  say("Giving the other companies their share of it.");
  await copyKnowledge(client, tenants);
}

/** Training takes minutes; a model is known by the hash of its lesson and of the classifier's version. */
async function keepModels(client: pg.ClientBase, folder: string): Promise<void> {
  const { rows } = await client.query<{ key: string; bytes: Buffer; report: unknown }>(
    "select key, bytes, report from service.model where key in (select model_key from service.tenant_model)",
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { key, bytes, report } of rows) {
    const name = join(folder, createHash("sha256").update(key).digest("hex"));
    writeFileSync(`${name}.bin`, bytes);
    writeFileSync(`${name}.json`, JSON.stringify({ key, report }));
  }
}

async function restoreModels(client: pg.ClientBase, folder: string): Promise<void> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  for (const name of names) {
    const { key, report } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
      key: string;
      report: unknown;
    };
    const bytes = readFileSync(join(folder, name.replace(/json$/, "bin")));
    await client.query("insert into service.model (key, bytes, report, created_at) values ($1, $2, $3, $4)", [
      key,
      bytes,
      JSON.stringify(report),
      new Date(),
    ]);
  }
}

async function copyKnowledge(client: pg.ClientBase, tenants: ReadonlyMap<number, number>): Promise<void> {
  const copies = [...tenants].filter(([rank]) => rank > VARIANTS);
  await client.query("create temp table copy_of (source int, target int)");
  await client.query("insert into copy_of select * from unnest($1::int[], $2::int[])", [
    copies.map(([rank]) => tenants.get(((rank - 1) % VARIANTS) + 1) as number),
    copies.map(([, id]) => id),
  ]);
  for (const text of [
    `insert into service.topic (tenant_id, intent, label, title_de, title_en, flow, most_asked)
      select c.target, t.intent, t.label, t.title_de, t.title_en, t.flow, t.most_asked from copy_of c join service.topic t on t.tenant_id = c.source`,
    `insert into service.answer (tenant_id, topic_id, language, text, link, file_id, options)
      select c.target, n.id, a.language, a.text, a.link, a.file_id, a.options from copy_of c
      join service.topic t on t.tenant_id = c.source join service.answer a on a.tenant_id = t.tenant_id and a.topic_id = t.id
      join service.topic n on n.tenant_id = c.target and n.intent = t.intent`,
    `insert into service.tenant_model (tenant_id, revision, content_key, state, model_key, trained_revision, trained_at)
      select c.target, m.revision, m.content_key, m.state, m.model_key, m.trained_revision, m.trained_at
      from copy_of c join service.tenant_model m on m.tenant_id = c.source`,
    "delete from kernel.timer",
    "drop table copy_of",
  ])
    await client.query(text);
}
