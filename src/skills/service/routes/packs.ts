import { type AnyRoute, AppError, type House, type Language, route, type TenantProfile } from "#kernel";
import { readPacks } from "../adapters/pack-files.ts";
import { applyPack, getPack, listPacks, removePack, type StarterPack } from "../api/packs.ts";
import {
  isFit,
  missingFacts,
  type Pack,
  type Placeholder,
  placeholdersIn,
  suggestValues,
} from "../rules/packs/index.ts";
import { applyPack as apply, removePack as remove } from "../store/pack-apply.ts";
import {
  type AppliedPack,
  readApplied,
  readStanding,
  readValues,
  type WrittenValue,
} from "../store/packs.ts";
import { inTenant } from "./change.ts";

/** What a company has of packs, in one look. */
interface Present {
  readonly tenant: TenantProfile;
  readonly applied: ReadonlyMap<string, AppliedPack>;
  readonly values: Awaited<ReturnType<typeof readValues>>;
}

export function packRoutes(house: House): readonly AnyRoute[] {
  const look = async (tenantId: number): Promise<Present> => {
    const tenant = await house.profile(tenantId);
    return inTenant(house, tenantId, async (tx) => {
      const applied = new Map((await readApplied(tx, tenantId)).map((one) => [one.name, one]));
      return { tenant, applied, values: await readValues(tx, tenantId) };
    });
  };
  return [
    route(listPacks, async ({ actor }) => {
      const { packs } = await readPacks();
      const present = await look(actor.tenantId);
      return { items: [...packs.values()].map((pack) => summaryOf(pack, present)) };
    }),
    route(getPack, async ({ actor, params }) => {
      const pack = await findPack(params.name);
      const present = await look(actor.tenantId);
      const standing = await inTenant(house, actor.tenantId, (tx) => readStanding(tx, actor.tenantId));
      const titles = new Map(standing.map(({ intent, title }) => [intent, title]));
      return packOf(pack, present, titles);
    }),
    route(applyPack, async ({ actor, params, body }) => {
      const pack = await findPack(params.name);
      const values = checkValues(pack, body.values);
      const { packs } = await readPacks();
      const languages = [...new Set(body.languages)].sort();
      const done = await apply(house, actor.tenantId, packs, { pack, languages, values });
      const { unfilled } = summaryOf(pack, await look(actor.tenantId));
      return { ...done, kept: [...done.kept], drafts: [...done.drafts], unfilled };
    }),
    route(removePack, async ({ actor, params }) => {
      const done = await remove(house, actor.tenantId, params.name);
      return { ...done, kept: [...done.kept] };
    }),
  ];
}

/** @throws AppError not_found */
async function findPack(name: string): Promise<Pack> {
  const pack = (await readPacks()).packs.get(name);
  if (!pack) throw new AppError("not_found");
  return pack;
}

/**
 * A fact that is the same in all languages is kept in both, whichever was sent.
 * @throws AppError rule_broken with every value that cannot stand in an answer
 */
function checkValues(pack: Pack, values: readonly WrittenValue[]): WrittenValue[] {
  const known = new Map(pack.placeholders.map((one) => [one.name, one]));
  const faults = values.flatMap(({ name, language, value }) => {
    const placeholder = known.get(name);
    if (!placeholder) return [{ path: `${name}.${language}`, message: "This pack has no such placeholder." }];
    return value === "" || isFit(placeholder.kind, value)
      ? []
      : [{ path: `${name}.${language}`, message: `This is no ${placeholder.kind}.` }];
  });
  if (faults.length > 0)
    throw new AppError("rule_broken", "Some facts cannot stand in an answer; nothing was kept.", faults);
  return values.flatMap(({ name, language, value }) =>
    known.get(name)?.kind === "text"
      ? [{ name, language, value }]
      : (["de", "en"] as const).map((each) => ({ name, language: each, value })),
  );
}

function languagesOf(pack: Pack, { applied, tenant }: Present): Language[] {
  return [...(applied.get(pack.name)?.languages ?? [tenant.language])];
}

function summaryOf(pack: Pack, present: Present) {
  const { name, title, description, topics, placeholders } = pack;
  return {
    name,
    title,
    description,
    topics: topics.length,
    placeholders: placeholders.length,
    isApplied: present.applied.has(name),
    unfilled: missingFacts(pack, languagesOf(pack, present), present.values).length,
  };
}

function packOf(
  pack: Pack,
  present: Present,
  titles: ReadonlyMap<string, Readonly<Record<Language, string>>>,
): StarterPack {
  const written = present.applied.get(pack.name)?.written.topics;
  const suggested = suggestValues(present.tenant);
  const stateOf = (intent: string) => {
    const there = titles.get(intent);
    const ours = written?.[intent];
    if (!there) return ours ? ("removed" as const) : ("new" as const);
    if (!ours?.title) return "own" as const;
    return ours.title.de === there.de && ours.title.en === there.en
      ? ("applied" as const)
      : ("changed" as const);
  };
  return {
    ...summaryOf(pack, present),
    languages: languagesOf(pack, present),
    topicList: pack.topics.map(({ intent, words: { de, en } }) => ({
      intent,
      title: { de: de.title, en: en.title },
      answer: { de: de.answer, en: en.answer },
      examples: { de: de.examples.length, en: en.examples.length },
      sample: { de: de.examples[0] ?? "", en: en.examples[0] ?? "" },
      state: stateOf(intent),
    })),
    placeholderList: pack.placeholders.map((one) => {
      const value = { ...suggested.get(one.name), ...present.values.get(one.name) };
      return {
        ...one,
        value: { de: value.de ?? "", en: value.en ?? "" },
        topics: topicsWith(pack, one),
      };
    }),
    flows: pack.flows.map(({ name }) => name),
  };
}

function topicsWith(pack: Pack, { name }: Placeholder): string[] {
  return pack.topics
    .filter(({ words }) => placeholdersIn(words.de.answer).includes(name))
    .map(({ intent }) => intent);
}
