import { type House, translate } from "#kernel";
import type { Source, SourceItemView } from "../api.ts";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { type Health, healthOf, type SourceState } from "../rules/feeds/health.ts";
import type { Problem, SourceItem, SourceRead } from "../rules/feeds/item.ts";
import type { SourceRow } from "../store/source-tables.ts";

/** Rows as the contracts show them. */

const catalogue = { de, en };
/** Items of a preview. */
const SHOWN = 20;
/** Keys that say nothing to people. */
const KEYS_SHOWN = 30;

/** Says sentences of the catalogue to the team of one company. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export async function speaker(house: House, tenantId: number): Promise<Say> {
  const { language, teamFormOfAddress } = await house.profile(tenantId);
  return (key, values) => translate(catalogue, { language, form: teamFormOfAddress }, key, values);
}

export function viewOf(row: SourceRow, parts: { say: Say; now: number; tenantId: number }): Source {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    url: row.url,
    namesUrl: row.names_url,
    language: row.language,
    topicId: row.topic_id,
    isAutomatic: row.is_automatic,
    mapping: row.mapping,
    intervalSeconds: row.interval_seconds,
    isActive: row.active,
    health: spoken(healthOf(stateOf(row), parts.now), parts.say),
    names: row.names,
    liveItems: row.live_items,
    triedAt: row.tried_at?.toISOString() ?? null,
    succeededAt: row.succeeded_at?.toISOString() ?? null,
    nextAt: row.next_at?.toISOString() ?? null,
    inbound: row.kind === "webhook" ? `/api/v1/notice-sources/inbound/${parts.tenantId}-${row.id}` : null,
    createdAt: row.created_at.toISOString(),
  };
}

export function spoken(health: Health, say: Say): { light: Health["light"]; text: string } {
  return { light: health.light, text: say(health.key, health.values) };
}

function stateOf(row: SourceRow): SourceState {
  return {
    isActive: row.active,
    fault: row.fault,
    failures: row.failures,
    succeededAt: row.succeeded_at?.getTime() ?? null,
    problems: row.problems,
    liveItems: row.live_items,
    isFetched: row.url !== null,
    nextAt: row.next_at?.getTime() ?? null,
    hasTopicEnded: row.topic_ended,
    namesFault: row.names_fault,
  };
}

export function itemView(item: SourceItem): SourceItemView {
  return {
    id: item.id,
    title: item.title,
    text: item.text,
    link: item.link,
    startsAt: iso(item.startsAt),
    endsAt: iso(item.endsAt),
    values: Object.fromEntries(Object.entries(item.values).map(([key, values]) => [key, [...values]])),
    isCancelled: item.isCancelled,
  };
}

export function problemViews(problems: readonly Problem[], say: Say): { code: string; text: string }[] {
  return problems.map(({ code, place }) => ({
    code,
    text: say(`sourceProblem_${code}`, { place, count: 1 }),
  }));
}

/** What a reading brought, for whoever sets the source up. */
export function readingView(read: SourceRead | null, say: Say) {
  const items = read?.items ?? [];
  return {
    items: items.slice(0, SHOWN).map(itemView),
    itemCount: items.length,
    problems: problemViews(read?.problems ?? [], say),
    keys: keysOf(items),
  };
}

function keysOf(items: readonly SourceItem[]): { key: string; example: string }[] {
  const examples = new Map<string, string>();
  for (const { values } of items)
    for (const [key, [example]] of Object.entries(values))
      if (example !== undefined && !examples.has(key)) examples.set(key, example);
  return [...examples].slice(0, KEYS_SHOWN).map(([key, example]) => ({ key, example }));
}

function iso(ms: number | null): string | null {
  const date = ms === null ? null : new Date(ms);
  return date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
