import { createHash } from "node:crypto";
import type pg from "pg";
import type { Inbound, ProviderApp, TemplateNews } from "../channel.ts";
import { pgArray } from "../db/array.ts";
import { isOfApp } from "../dialogue/addressed.ts";
import type { NewTimer } from "../jobs/timer-rows.ts";
import type { RegisteredAccount, Registry } from "./registry.ts";

/**
 * A provider tells by webhook what it thinks of a template: approved, paused, moved to another category. The news names a
 * business account, not a number, and companies may share an app; so each number's business account is learnt from what
 * goes through it, and the news becomes a timer of the companies whose it is, in the transaction that takes the body. The
 * room that keeps templates goes on from there.
 */

/** Kind of the timer; its payload is a `TemplateNews`. */
export const TEMPLATE_NEWS = "template_news";

/** News as it stood in a body. */
export interface HeardNews {
  news: TemplateNews;
  /** The business account, or a number of it. */
  address: string;
  app: ProviderApp;
  /** The account that has this address; undefined for a business account. */
  named: RegisteredAccount | undefined;
  receivedAt: number;
}

/** @returns what the account belongs to at its provider, e.g. "waba:ID"; null before anything went through it */
export function businessOf({ settings }: Pick<RegisteredAccount, "settings">): string | null {
  return typeof settings.business === "string" && settings.business !== "" ? settings.business : null;
}

/**
 * Keeps beside each account which business account its items name.
 * @returns the companies that got something new, which the registry is to load again
 */
export async function keepBusinesses(
  client: pg.PoolClient,
  located: readonly { item: Pick<Inbound, "business">; account: RegisteredAccount }[],
): Promise<number[]> {
  const learnt = new Map<number, { tenantId: number; business: string }>();
  for (const { item, account } of located)
    if (item.business !== undefined && item.business !== account.settings.business)
      learnt.set(account.id, { tenantId: account.tenantId, business: item.business });
  if (learnt.size === 0) return [];
  const values = [...learnt.values()];
  const { rows } = await client.query<{ tenant_id: number }>({
    name: "keep-businesses",
    text: `update kernel.channel c set settings = c.settings || jsonb_build_object('business', t.business)
      from unnest($1::int[], $2::int[], $3::text[]) t(tenant_id, id, business)
      where c.tenant_id = t.tenant_id and c.id = t.id and c.settings ->> 'business' is distinct from t.business
      returning c.tenant_id`,
    values: [
      pgArray.int4(values.map(({ tenantId }) => tenantId)),
      pgArray.int4([...learnt.keys()]),
      pgArray.text(values.map(({ business }) => business)),
    ],
  });
  return [...new Set(rows.map(({ tenant_id }) => tenant_id))];
}

/** One timer for each company that is meant; the same news again is the same timer. Pure. */
export function newsTimers(
  heard: readonly HeardNews[],
  { registry, now }: { registry: Registry; now: number },
): NewTimer[] {
  const timers = new Map<string, NewTimer>();
  for (const { news, address, app, named, receivedAt } of heard) {
    // A clock that runs ahead must not outlast what is said later.
    const payload = { ...news, at: Math.min(news.at, receivedAt) };
    const key = keyOf(address, payload);
    for (const tenantId of named ? [named.tenantId] : meantBy(registry, app, address))
      timers.set(`${tenantId} ${key}`, { tenantId, kind: TEMPLATE_NEWS, key, dueAt: now, payload });
  }
  return [...timers.values()];
}

/** State and category are told apart, and each time of each: a later body never takes an earlier one's place. */
function keyOf(address: string, { name, language, category, at }: TemplateNews): string {
  const about = category === null ? "state" : "category";
  const what = createHash("sha256").update([address, language, name].join("\n")).digest("hex").slice(0, 32);
  return `${about} ${at} ${what}`;
}

/**
 * The companies whose business account this is. Before a number's first message its business account is not known: then the
 * news reach it only where the app speaks for no other company.
 */
function meantBy(registry: Registry, { id, kind }: ProviderApp, address: string): number[] {
  const speakers = [...registry.accounts()].filter(
    (account) => account.kind === kind && isOfApp(registry, account, id),
  );
  const companies = (accounts: readonly RegisteredAccount[]) => [
    ...new Set(accounts.map(({ tenantId }) => tenantId)),
  ];
  const known = companies(speakers.filter((account) => businessOf(account) === address));
  if (known.length > 0) return known;
  if (companies(speakers).length > 1) return [];
  return companies(speakers.filter((account) => businessOf(account) === null));
}
