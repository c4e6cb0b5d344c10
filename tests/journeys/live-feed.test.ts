import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendEvents } from "../../src/kernel/events/append.ts";
import { messageId } from "../../src/kernel/ids.ts";
import { metrics } from "../../src/kernel/observe.ts";
import { Stream, startWebNode, type WebNode } from "./web-node.ts";

let node: WebNode;

beforeAll(async () => {
  node = await startWebNode();
});
afterAll(() => node.close());

type Company = Awaited<ReturnType<WebNode["company"]>>;

const desk = (company: Company, lastId?: string | null) =>
  Stream.open(`${node.url}/api/v1/events`, { "x-api-key": company.apiKey }, lastId);

/** A conversation of somebody who wrote once. */
async function conversationOf(company: Company): Promise<number> {
  const { kernel, clock } = node.world;
  const at = new Date(clock.now());
  const { rows } = await kernel.db.node.query<{ id: number }>(
    `with k as (insert into kernel.contact (tenant_id, name, first_seen_at) values ($1, 'Käthe Weiß', $3) returning id)
     insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
     select $1, $2, k.id, 'x', 'de', $3, $3::timestamptz::date, $3 from k returning id`,
    [company.id, company.channelId, at],
  );
  return (rows[0] as { id: number }).id;
}

/** One message and its event, as one of our transactions. */
async function write(company: Company, conversationId: number, text: string): Promise<void> {
  const { kernel, clock } = node.world;
  const now = clock.now();
  await kernel.db.tenant(company.id, async (tx) => {
    const id = messageId(now, now);
    const at = new Date(now);
    await tx
      .insertInto("kernel.message")
      .values({
        tenant_id: company.id,
        conversation_id: conversationId,
        id,
        author: "bot",
        staff_id: null,
        content: JSON.stringify({ type: "text", text }),
        status: "sent",
        purpose: "service.answer",
        basis_message: id,
        external_id: null,
        client_id: null,
        reply_to: null,
        language: null,
        sent_at: at,
        received_at: at,
        processed_at: at,
      })
      .execute();
    await appendEvents(tx, company.id, [{ type: "message.created", conversationId, messageId: id }], now);
  });
}

const texts = (stream: Stream): string[] => stream.of("message").map(({ message }) => message.text);

describe("the desk's feed", () => {
  it("resumes again and again while four writers append, without gap and without double", async () => {
    const company = await node.company("resume-key");
    const conversationId = await conversationOf(company);
    const first = await desk(company);
    await first.until((stream) => stream.lastId !== null);
    const wanted = Array.from({ length: 240 }, (_, n) => `n${n}`);
    const queue = [...wanted];
    const writer = async () => {
      for (let text = queue.shift(); text; text = queue.shift()) await write(company, conversationId, text);
    };
    const writing = Promise.all([writer(), writer(), writer(), writer()]);
    const got: string[] = [];
    let { lastId } = first;
    first.close();
    let cuts = 0;
    while (got.length < wanted.length) {
      const stream = await desk(company, lastId);
      const enough = got.length + 23 >= wanted.length ? 1 : 23;
      await stream.until((one) => one.of("message").length >= enough);
      stream.close();
      got.push(...texts(stream));
      ({ lastId } = stream);
      cuts += 1;
    }
    await writing;
    expect(cuts).toBeGreaterThan(3);
    expect([...got].sort()).toEqual([...wanted].sort());
  });

  it("carries a message with its conversation, as the contract says, to everybody at the desk", async () => {
    const company = await node.company("shape-key");
    const conversationId = await conversationOf(company);
    const streams = await Promise.all([desk(company), desk(company)]);
    await Promise.all(streams.map((stream) => stream.until(({ lastId }) => lastId !== null)));
    await write(company, conversationId, "Moin");
    for (const stream of streams) {
      await stream.until((one) => one.events.length > 0);
      expect(stream.of("message")[0]).toMatchObject({
        message: { conversationId, author: "bot", text: "Moin", status: "sent" },
        conversation: { id: conversationId, contact: { name: "Käthe Weiß" }, channel: { kind: "web" } },
      });
      stream.close();
    }
  });

  it("never shows another tenant's events, whatever place is asked for", async () => {
    const [ours, theirs] = [await node.company("ours-key"), await node.company("theirs-key")];
    const [our, their] = [await conversationOf(ours), await conversationOf(theirs)];
    const listening = await desk(ours);
    await listening.until(({ lastId }) => lastId !== null);
    for (let n = 0; n < 5; n++) await write(theirs, their, `secret ${n}`);
    await write(ours, our, "open");
    await listening.until((stream) => texts(stream).includes("open"));
    expect(texts(listening)).toEqual(["open"]);
    const again = await desk(ours, "0");
    await again.until((stream) => texts(stream).includes("open"));
    expect(texts(again)).toEqual(["open"]);
    expect(
      await node.world.kernel.db.tenant(ours.id, (tx) =>
        tx.selectFrom("kernel.event").select("seq").execute(),
      ),
    ).toHaveLength(1);
    const elsewhere = await fetch(`${node.url}/api/v1/events?tenant=${theirs.id}`, {
      headers: { "x-api-key": ours.apiKey },
    });
    expect(elsewhere.status).toBe(404);
    for (const stream of [listening, again]) stream.close();
  });

  it("says reset when too much was missed, when it is no longer kept, and for a place from the future", async () => {
    const company = await node.company("reset-key");
    const { kernel, clock } = node.world;
    const many = Array.from({ length: 5_002 }, () => ({ type: "company.changed" }));
    await kernel.db.tenant(company.id, (tx) => appendEvents(tx, company.id, many, clock.now()));
    const behind = await desk(company, "1");
    await behind.until((stream) => stream.events.length > 0);
    expect(behind.events).toEqual([{ id: "5002", data: { type: "reset" } }]);
    const near = await desk(company, "2");
    await near.until((stream) => stream.events.length > 0);
    expect(near.of("reset")).toEqual([]);
    await kernel.db.node.query("delete from kernel.event where tenant_id = $1 and seq < 5000", [company.id]);
    const old = await desk(company, "4000");
    await old.until((stream) => stream.events.length > 0);
    expect(old.of("reset")).toHaveLength(1);
    const ahead = await desk(company, "99999");
    await ahead.until((stream) => stream.events.length > 0);
    expect(ahead.of("reset")).toHaveLength(1);
    for (const stream of [behind, near, old, ahead]) stream.close();
  });

  it("drops a reader that does not read; it resumes and misses nothing", async () => {
    const company = await node.company("slow-key");
    const conversationId = await conversationOf(company);
    const healthy = await desk(company);
    await healthy.until(({ lastId }) => lastId !== null);
    const from = healthy.lastId;
    const { hostname, port } = new URL(node.url);
    const slow = connect(Number(port), hostname);
    await once(slow, "connect");
    slow.write(`GET /api/v1/events HTTP/1.1\r\nhost: ${hostname}\r\nx-api-key: ${company.apiKey}\r\n\r\n`);
    await once(slow, "readable");
    slow.pause();
    const long = "ä".repeat(4_000);
    const isDropped = async () => /ah_live_dropped_total [1-9]/.test(await metrics.metrics());
    let written = 0;
    while (!(await isDropped())) {
      expect(written).toBeLessThan(12_000);
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          for (let n = 0; n < 25; n++) await write(company, conversationId, `${written++} ${long}`);
        }),
      );
    }
    await healthy.until((stream) => new Set(texts(stream)).size === written);
    const resumed = await desk(company, from);
    await resumed.until((stream) => texts(stream).length >= written);
    expect(new Set(texts(resumed)).size).toBe(written);
    slow.destroy();
    for (const stream of [healthy, resumed]) stream.close();
  });

  it("without a key nobody listens, and a place that is none is an error", async () => {
    const company = await node.company("door-key");
    expect((await fetch(`${node.url}/api/v1/events`)).status).toBe(401);
    const headers = { "x-api-key": company.apiKey, "last-event-id": "7; drop" };
    expect((await fetch(`${node.url}/api/v1/events`, { headers })).status).toBe(400);
  });
});
