import { readFile } from "node:fs/promises";
import type { Kernel, Language } from "#kernel";
import { readPacks } from "../skills/service/adapters/pack-files.ts";
import { health } from "../skills/service/engine/index.ts";
import {
  checkPack,
  isFit,
  missingFacts,
  type Pack,
  packLesson,
} from "../skills/service/rules/packs/index.ts";
import { applyPack, removePack } from "../skills/service/store/pack-apply.ts";
import { readApplied, readValues, type WrittenValue } from "../skills/service/store/packs.ts";
import type { ServiceTables } from "../skills/service/tables.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";
import { columns } from "./table.ts";
import { untilLive } from "./until-live.ts";

const USAGE =
  "Say `pack list`, `pack show TRADE [--language de|en]`, `pack apply TRADE --tenant ID [--language de|en] [--facts FILE.json]`, `pack remove TRADE --tenant ID`, `pack check [TRADE]` or `pack measure TRADE`.";
const OPTIONS = {
  data: { type: "string" },
  tenant: { type: "string" },
  language: { type: "string" },
  facts: { type: "string" },
} as const;
type Values = { data?: string; tenant?: string; language?: string; facts?: string };

/** `augenhoehe pack …`: starter packs. @returns the exit code */
export async function packCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  const { values, positionals } = readOptions(rest, { options: OPTIONS, allowPositionals: true });
  const [trade] = positionals;
  if (verb === "check") return checkCommand(trade);
  if (verb === "list" && trade === undefined) return listCommand();
  if (trade === undefined || positionals.length > 1) throw new UsageError(USAGE);
  const pack = (await readPacks()).packs.get(trade);
  if (!pack) throw new UsageError(`There is no pack ${trade}; augenhoehe pack list shows them.`);
  if (verb === "show") return showCommand(pack, languagesOf(values.language)[0] ?? "de");
  if (verb === "measure") return measureCommand(pack);
  if (verb === "apply") return applyCommand(pack, values);
  if (verb === "remove") return removeCommand(pack, values);
  throw new UsageError(USAGE);
}

async function listCommand(): Promise<number> {
  const { packs } = await readPacks();
  const rows = [...packs.values()].map(({ name, title, topics, placeholders }) => [
    name,
    title.de,
    title.en,
    `${topics.length} topics`,
    `${placeholders.length} facts`,
  ]);
  print(columns(["pack", "German", "English", "topics", "to fill"], rows));
  return 0;
}

function showCommand(pack: Pack, language: Language): number {
  print(`${pack.title[language]}. ${pack.description[language]}\n`);
  for (const { intent, words } of pack.topics) {
    const { title, answer, examples } = words[language];
    print(`${title} (${intent}, ${examples.length} examples)\n  ${answer.replaceAll("\n", "\n  ")}\n`);
  }
  for (const { name, kind, question, example } of pack.placeholders)
    print(`{{${name}}} (${kind}) ${question[language]} For example: ${example[language]}`);
  return 0;
}

async function applyCommand(pack: Pack, { data, tenant, language, facts }: Values): Promise<number> {
  const tenantId = tenantOf(tenant);
  const languages = languagesOf(language);
  const values = facts === undefined ? [] : readFacts(pack, await readFile(facts, "utf8"));
  const { packs } = await readPacks();
  return besideNode({ dataDir: data, mayMake: false }, async (kernel) => {
    await requireTenant(kernel, tenantId);
    const done = await applyPack(kernel, tenantId, packs, { pack, languages, values });
    tell(`${done.added} topics are new, ${done.updated} brought up to date.`);
    if (done.kept.length > 0) tell(`Left as the company wrote them: ${done.kept.join(", ")}.`);
    if (done.drafts.length > 0) tell(`Flows that wait as drafts: ${done.drafts.join(", ")}.`);
    await untilLive(kernel, tenantId);
    const known = await kernel.db.tenant<Awaited<ReturnType<typeof readValues>>, ServiceTables>(
      tenantId,
      (tx) => readValues(tx, tenantId),
    );
    const missing = missingFacts(pack, languages, known);
    for (const { name, question } of missing)
      tell(`Still to fill: ${name}. ${question[languages[0] ?? "de"]}`);
    print(`Company ${tenantId} has the pack ${pack.name}; ${missing.length} facts are to be filled in.`);
    return 0;
  });
}

async function removeCommand(pack: Pack, { data, tenant }: Values): Promise<number> {
  const tenantId = tenantOf(tenant);
  return besideNode({ dataDir: data, mayMake: false }, async (kernel) => {
    await requireTenant(kernel, tenantId);
    const isApplied = await kernel.db.tenant<boolean, ServiceTables>(tenantId, async (tx) =>
      (await readApplied(tx, tenantId)).some(({ name }) => name === pack.name),
    );
    if (!isApplied) throw new UsageError(`Company ${tenantId} has not applied the pack ${pack.name}.`);
    const { removed, kept } = await removePack(kernel, tenantId, pack.name);
    if (kept.length > 0)
      tell(`These stay, because somebody wrote in them or another pack has them: ${kept.join(", ")}.`);
    await untilLive(kernel, tenantId);
    print(`${removed} topics are gone.`);
    return 0;
  });
}

/** For whoever writes a pack: how well its examples tell its topics apart, by cross-validation. */
function measureCommand(pack: Pack): number {
  const { examples, options } = packLesson(pack);
  const { answered, offered, handedOver, wrong, confused, nearDuplicates, perIntent } = health(
    examples,
    options,
  );
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  print(
    `answered ${percent(answered.value)}, offered ${percent(offered.value)}, handed over ${percent(handedOver.value)}, wrong among answers ${percent(wrong.value)}`,
  );
  const weak = perIntent.filter(({ right, rows }) => right < rows / 2);
  for (const { intent, right, rows } of weak) print(`weak: ${intent}, ${right} of ${rows} recognised`);
  for (const { intent, with: other, times, texts } of confused.filter((pair) => pair.times > 1))
    print(`${times}x ${intent} taken for ${other}: ${texts.join(" | ")}`);
  for (const { a, b, likeness } of nearDuplicates)
    print(`alike ${percent(likeness)}: ${a.text} (${a.intent}) | ${b.text} (${b.intent})`);
  return 0;
}

/** For whoever writes a pack: everything that is wrong with it. */
async function checkCommand(only: string | undefined): Promise<number> {
  const { all, faults } = await readPacks();
  const packs = all.filter(({ name }) => only === undefined || name === only);
  if (packs.length === 0) throw new UsageError(`There is no pack ${only}.`);
  const found = [
    ...faults.filter(({ file }) => only === undefined || file.startsWith(`packs/${only}/`)),
    ...packs.flatMap((pack) => checkPack(pack, Date.now())),
  ];
  for (const { file, line, message } of found) print(`${file}${line > 0 ? `:${line}` : ""}: ${message}`);
  for (const { name, topics, placeholders } of packs) {
    const count = (language: Language) =>
      topics.reduce((sum, { words }) => sum + words[language].examples.length, 0);
    print(
      `${name}: ${topics.length} topics, ${count("de")} German and ${count("en")} English examples, ${placeholders.length} placeholders`,
    );
  }
  print(`${found.length} faults`);
  return found.length === 0 ? 0 : 1;
}

/** `{"phone": "040 1234", "opening_hours": {"de": "…", "en": "…"}}` */
function readFacts(pack: Pack, text: string): WrittenValue[] {
  let facts: Record<string, string | Partial<Record<Language, string>>>;
  try {
    facts = JSON.parse(text) as typeof facts;
  } catch {
    throw new UsageError('The facts are no JSON. Write {"phone": "040 1234"}.');
  }
  return Object.entries(facts).flatMap(([name, value]) => {
    const placeholder = pack.placeholders.find((one) => one.name === name);
    if (!placeholder) throw new UsageError(`The pack ${pack.name} has no placeholder ${name}.`);
    const words = typeof value === "string" ? { de: value, en: value } : value;
    return (["de", "en"] as const).flatMap((language) => {
      const one = words[language]?.trim();
      if (one === undefined) return [];
      if (one !== "" && !isFit(placeholder.kind, one))
        throw new UsageError(`${name}: "${one}" is no ${placeholder.kind}.`);
      return [{ name, language, value: one }];
    });
  });
}

function languagesOf(value: string | undefined): Language[] {
  if (value === undefined) return ["de", "en"];
  if (value === "de" || value === "en") return [value];
  throw new UsageError("Say --language de or --language en; without it both are applied.");
}

function tenantOf(value: string | undefined): number {
  const id = Number(value);
  if (value !== undefined && Number.isSafeInteger(id) && id > 0) return id;
  throw new UsageError("Say whose knowledge it is: --tenant ID (augenhoehe tenant list shows the ids)");
}

async function requireTenant(kernel: Kernel, tenantId: number): Promise<void> {
  await kernel.profile(tenantId).catch(() => {
    throw new UsageError(`There is no company ${tenantId}; augenhoehe tenant list shows the ids.`);
  });
}
