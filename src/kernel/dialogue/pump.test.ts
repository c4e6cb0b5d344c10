import { afterEach, describe, expect, it } from "vitest";
import { type World, world } from "#kernel/testing";
import type { ChannelAdapter, Inbound } from "../channel.ts";
import type { Effect, Flow, RetractedMessage } from "../skill.ts";
import { addressedAccount } from "./addressed.ts";
import { retractTimers } from "./retract.ts";
import { ATTEMPTS_MAX } from "./set-aside.ts";

interface Written {
  to: string;
  id: string;
  text: string;
  broken?: boolean;
  /** The id of an earlier message that this changes; without a text it takes it back. */
  changes?: string;
}

/** A provider whose bodies are lists of what was written, over several accounts of one app. */
const provider: ChannelAdapter = {
  kind: "whatsapp",
  limits: {
    perAccountPerSecond: 100,
    pairIntervalMs: 0,
    pairBurst: 10,
    windowMs: null,
    textMax: 1000,
    hasReceipts: false,
    concurrency: 10,
  },
  verify: () => null,
  addressOf: () => null,
  looksBroken: () => false,
  parse: (raw) =>
    (JSON.parse(raw.toString()) as Written[]).map(({ to, id, text, broken, changes }): Inbound => {
      if (broken) return { kind: "broken", address: to, reason: "broken" };
      const common = {
        address: to,
        externalId: id,
        identities: [{ kind: "phone" as const, value: `+${changes ?? id}` }],
        sentAt: 1_795_000_000_000,
        content: { type: "text" as const, text },
      };
      if (changes === undefined) return { kind: "message", replyAddress: id, ...common };
      return { kind: text === "" ? "revoke" : "edit", target: changes, ...common };
    }),
  partFor: (raw, addresses) =>
    Buffer.from(
      JSON.stringify((JSON.parse(raw.toString()) as Written[]).filter(({ to }) => addresses.has(to))),
    ),
  send: async ({ correlation }) => ({ outcome: "accepted", externalId: correlation }),
};

let w: World;
afterEach(() => w.close());

/** Fails as often as told for a text. */
async function open(failures: Map<string, number> = new Map(), retracted: RetractedMessage[] = []) {
  const personalData = {
    export: async () => ({}),
    erase: async () => {},
    retract: async (_: unknown, message: RetractedMessage) => void retracted.push(message),
  };
  const flow: Flow = {
    turn({ message }): readonly Effect[] {
      const left = failures.get(message.text) ?? 0;
      failures.set(message.text, left - 1);
      if (left > 0) throw new Error("deadlock detected");
      return [{ do: "say", text: `Echo: ${message.text}` }];
    },
  };
  w = await world({
    adapters: [provider],
    parts: (kernel) => ({
      flows: [{ skill: "test", flow, catalogue: { de: {}, en: {} } }],
      timers: retractTimers(kernel, [{ personalData }]),
    }),
  });
}

async function company(address: string) {
  const { id } = await w.tenant();
  const channelId = await w.channel(id, { kind: "whatsapp", address, appId: "app" });
  return { id, channelId };
}

function receive(place: { id: number; channelId: number } | null, written: Written[]) {
  const { id: tenantId, channelId } = place ?? { id: 0, channelId: null };
  return w.ingest.enqueue({ appId: "app", tenantId, channelId, body: Buffer.from(JSON.stringify(written)) });
}

async function rows(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await w.kernel.db.node.query(text, values)).rows;
}
const saidIn = async (tenantId: number) =>
  (
    await rows("select content ->> 'text' as text from kernel.message where tenant_id = $1 order by id", [
      tenantId,
    ])
  ).map(({ text }) => text);

describe("a row that fails", () => {
  it("is tried again, and answered when what stood in the way has gone", async () => {
    await open(new Map([["Moin", ATTEMPTS_MAX]]));
    const shop = await company("1");
    await receive(shop, [{ to: "1", id: "49151", text: "Moin" }]);
    await w.settle();
    expect(await saidIn(shop.id)).toEqual(["Moin", "Echo: Moin"]);
    expect(await rows("select reason from kernel.parked")).toEqual([]);
  });

  it("is parked after the last try, and the desk is told; its neighbours are answered", async () => {
    await open(new Map([["bad", 1_000]]));
    const shop = await company("1");
    await receive(shop, [{ to: "1", id: "49151", text: "bad" }]);
    await receive(shop, [{ to: "1", id: "49152", text: "good" }]);
    await w.settle();
    expect(await saidIn(shop.id)).toEqual(["good", "Echo: good"]);
    expect(await rows("select tenant_id, reason from kernel.parked")).toMatchObject([
      { tenant_id: shop.id, reason: expect.stringContaining("internal") },
    ]);
    expect(await rows("select type from kernel.event where type = 'parked.changed'")).toHaveLength(1);
    expect(await rows("select id from kernel.inbox_queue")).toEqual([]);
  });
});

describe("a message that the customer changes and takes back", () => {
  it("leaves every room that may have copied its words, once however often it changes in a batch", async () => {
    const retracted: RetractedMessage[] = [];
    await open(new Map(), retracted);
    const shop = await company("1");
    await receive(shop, [{ to: "1", id: "49151", text: "my secret" }]);
    await w.settle();
    await receive(shop, [
      { to: "1", id: "first", text: "another", changes: "49151" },
      { to: "1", id: "second", text: "", changes: "49151" },
    ]);
    await w.settle();
    expect(await saidIn(shop.id)).toEqual(["", "Echo: my secret"]);
    const [message] = await rows("select conversation_id, id from kernel.message where author = 'customer'");
    expect(retracted).toEqual([
      { tenantId: shop.id, conversationId: message?.conversation_id, messageId: message?.id },
    ]);
  });
});

describe("a body that spans companies", () => {
  it("is parked in parts: neither sees what was written to the other", async () => {
    await open(new Map([["bad", 1_000]]));
    const [one, two] = [await company("1"), await company("2")];
    await receive(one, [
      { to: "1", id: "49151", text: "bad" },
      { to: "1", id: "", text: "", broken: true },
      { to: "2", id: "49152", text: "secret of two" },
    ]);
    await w.settle();
    const parked = await rows(
      "select tenant_id, convert_from(body, 'UTF8') as body from kernel.parked order by 1",
    );
    expect(parked.map((row) => row.tenant_id)).toEqual([one.id, two.id]);
    expect(parked[0]?.body).not.toContain("secret of two");
    expect(parked[1]?.body).not.toContain("bad");
  });

  it("with a number that no company has is not taken for the company that stands first", async () => {
    await open();
    const shop = await company("1");
    await receive(shop, [
      { to: "1", id: "49151", text: "ours" },
      { to: "3", id: "49153", text: "a stranger's" },
      { to: "1", id: "", text: "", broken: true },
    ]);
    await w.settle();
    expect(await saidIn(shop.id)).toEqual(["ours", "Echo: ours"]);
    const [parked] = await rows("select convert_from(body, 'UTF8') as body from kernel.parked");
    expect(parked?.body).not.toContain("stranger");
  });
});

it("a company that the door knows before the pump does is not homeless", async () => {
  await open();
  await company("1");
  const { id } = await w.tenant();
  await w.settle();
  // Made by another process whose announcement has not come yet.
  const [made] = await rows(
    "insert into kernel.channel (tenant_id, kind, app_id, address, name, created_at) values ($1, 'whatsapp', 'app', '2', 'new', $2) returning id",
    [id, new Date(w.clock.now())],
  );
  await receive({ id, channelId: made?.id as number }, [{ to: "2", id: "49151", text: "Moin" }]);
  await w.settle();
  expect(await saidIn(id)).toEqual(["Moin", "Echo: Moin"]);
});

it("two companies may connect one app of the provider: whichever address it delivers to, each gets its own", async () => {
  await open();
  const id = (await w.tenant()).id;
  await w.channel(id, { kind: "whatsapp", address: "1", appId: "app-a", secret: "shared" });
  const two = await w.channel((await w.tenant()).id, {
    kind: "whatsapp",
    address: "2",
    appId: "app-b",
    secret: "shared",
  });
  await w.channel(id, { kind: "whatsapp", address: "3", appId: "app-c", secret: "another" });
  const found = (address: string) =>
    addressedAccount(w.kernel.registry, { appId: "app-a", kind: "whatsapp", address })?.id;
  expect(found("2")).toBe(two);
  expect(found("3")).toBeUndefined();
});
