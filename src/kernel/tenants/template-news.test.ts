import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChannelAdapter, Inbound, TemplateNews } from "../channel.ts";
import { type World, world } from "../testing/index.ts";
import { newsTimers, TEMPLATE_NEWS } from "./template-news.ts";

/** Bodies are lists of what is read in them. */
const provider = {
  kind: "whatsapp",
  limits: { windowMs: null },
  parse: (raw: Buffer) => JSON.parse(raw.toString()) as Inbound[],
} as unknown as ChannelAdapter;

let w: World;
let appId: string;
let n = 0;
beforeAll(async () => {
  w = await world({ adapters: [provider] });
});
afterAll(() => w.close());

const news: TemplateNews = {
  name: "lines",
  language: "de",
  state: "paused",
  category: null,
  reason: "low quality",
  at: 1_000,
};
const about = (business: string, more: Partial<TemplateNews> = {}): Inbound => ({
  kind: "account",
  address: `waba:${business}`,
  field: "any",
  health: "warn",
  text: "paused",
  template: { ...news, ...more },
});
/** A receipt as it comes through a number. */
const through = (address: string, business: string): Inbound => ({
  kind: "receipt",
  address,
  business: `waba:${business}`,
  externalId: `r${address}`,
  status: "read",
  at: 1_000,
  errors: [],
});

async function company(address: string): Promise<number> {
  const { id } = await w.tenant();
  await w.channel(id, { kind: "whatsapp", address, appId, secret: appId });
  return id;
}
async function receiveBy(channelId: number | null, items: readonly Inbound[]): Promise<void> {
  const body = Buffer.from(JSON.stringify(items));
  await w.ingest.enqueue({ appId, tenantId: 0, channelId, body });
  await w.settle();
}
const receive = (...items: Inbound[]) => receiveBy(null, items);
async function heardBy(tenantId: number): Promise<unknown[]> {
  const { rows } = await w.kernel.db.node.query<{ payload: unknown }>(
    "select payload from kernel.timer where tenant_id = $1 and kind = $2 order by id",
    [tenantId, TEMPLATE_NEWS],
  );
  return rows.map(({ payload }) => payload);
}
const newApp = () => {
  n += 1;
  appId = `app${n}`;
};

test("of two companies that share an app, only the one whose business account it is hears the news", async () => {
  newApp();
  const [mine, theirs] = [await company("11"), await company("22")];
  await receive(about("a"));
  expect([await heardBy(mine), await heardBy(theirs)]).toEqual([[], []]);
  await receive(through("11", "a"));
  await expect
    .poll(() => w.kernel.registry.accountByAddress("whatsapp", "11")?.settings.business)
    .toBe("waba:a");
  await receive(about("a"), about("b"), about("b", { state: "approved" }));
  expect([await heardBy(mine), await heardBy(theirs)]).toEqual([[news], []]);
  // The door took the body for mine: the light of my number is not the other account's.
  const channelId = w.kernel.registry.accountByAddress("whatsapp", "11")?.id ?? null;
  const lights = async () =>
    (
      await w.kernel.db.node.query("select health_light from kernel.channel where tenant_id = $1", [mine])
    ).rows.map(({ health_light: light }) => light);
  await receiveBy(channelId, [about("b")]);
  expect(await lights()).toEqual(["off"]);
  await receiveBy(channelId, [about("a", { at: 2_000 })]);
  expect(await lights()).toEqual(["warn"]);
});

test("a company alone with its app hears it before its first message, until its business account is known", async () => {
  newApp();
  const alone = await company("33");
  await receive(about("c"), about("c"), about("c", { state: "approved", at: 900 }));
  expect(await heardBy(alone)).toEqual([news, { ...news, state: "approved", at: 900 }]);
  await receive(through("33", "c"));
  await expect
    .poll(() => w.kernel.registry.accountByAddress("whatsapp", "33")?.settings.business)
    .toBe("waba:c");
  await receive(about("d", { at: 950 }));
  expect(await heardBy(alone)).toHaveLength(2);
});

test("said again it is one timer, and its time is never after its arrival", async () => {
  newApp();
  const alone = await company("44");
  const heard = {
    news,
    address: "waba:c",
    app: { id: appId, kind: "whatsapp", secret: "", verifyToken: null },
    named: undefined,
    receivedAt: 500,
  };
  const timers = newsTimers([heard, heard], { registry: w.kernel.registry, now: 7 });
  // The provider's clock ran ahead.
  expect(timers).toMatchObject([{ tenantId: alone, dueAt: 7, payload: { state: "paused", at: 500 } }]);
});
