import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";
import { moveCounters } from "../../src/kernel/backup/counters.ts";
import { holdAfterRestore, releaseHold } from "../../src/kernel/backup/hold.ts";
import { applyTakebacks, readTakebacks } from "../../src/kernel/backup/takebacks.ts";
import type { OutboundMessage } from "../../src/kernel/channel.ts";
import type { Flow } from "../../src/kernel/skill.ts";
import { counters } from "../../src/main.ts";
import { nextNumber, numberGaps } from "../../src/skills/business/store/numbers.ts";

/** After a restore: nothing that may have been sent goes out again unseen, and what was taken back stays taken back. */

const PHONE = "106540352242922";
const echo: Flow = { turn: (turn) => [{ do: "say", text: `Zu: ${turn.message.text}` }] };
let w: World;
let tenantId: number;
let channelId: number;
const sent: string[] = [];
let isProviderAway = false;

beforeAll(async () => {
  w = await world({
    adapters: [
      {
        ...whatsapp,
        send: async ({ content, correlation }: OutboundMessage) => {
          if (isProviderAway)
            return {
              outcome: "retry" as const,
              scope: "pair" as const,
              afterMs: 60_000,
              error: { code: 0, title: "away" },
            };
          sent.push("text" in content ? (content.text ?? "") : "");
          return { outcome: "accepted" as const, externalId: `wamid.${correlation}` };
        },
      },
    ],
    parts: () => ({ flows: [{ skill: "test", flow: echo, catalogue: { de: {}, en: {} } }] }),
  });
  tenantId = (await w.tenant()).id;
  channelId = await w.channel(tenantId, { kind: "whatsapp", address: PHONE, appId: "wa1", secret: "s" });
});
afterAll(() => w.close());

let messages = 0;
async function writes(from: string, text: string): Promise<void> {
  const message = {
    from,
    id: `wamid.${++messages}`,
    timestamp: String(Math.floor(w.clock.now() / 1000)),
    type: "text",
    text: { body: text },
  };
  const metadata = { display_phone_number: "4940", phone_number_id: PHONE };
  const value = { messaging_product: "whatsapp", metadata, messages: [message] };
  const entry = [{ id: "1", changes: [{ field: "messages", value }] }];
  const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
  await w.ingest.enqueue({ appId: "wa1", channelId, tenantId, body });
  await w.settle();
}

const states = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await w.kernel.db.node.query<{ status: string; n: number }>(
        "select status, count(*)::int as n from kernel.message where author = 'bot' group by 1",
      )
    ).rows.map(({ status, n }) => [status, n]),
  );

test("what waited is held, what is new is answered, and a person lets the rest go", async () => {
  isProviderAway = true;
  await writes("4915100000001", "vor der Sicherung");
  expect(await states()).toEqual({ queued: 1 });
  isProviderAway = false;
  const { address } = w.kernel.db;
  const restoredAt = w.clock.now() + 60_000;
  expect(
    await holdAfterRestore(address, { takenAt: w.clock.now(), now: restoredAt, harmless: ["web"] }),
  ).toBe(1);
  expect(await states()).toEqual({ uncertain: 1 });
  // The worker of a restored node begins after the restore; a mail from before comes in once more.
  await w.worker().stop();
  const after = await import("../../src/kernel/worker.ts");
  const worker = after.startWorker(w.kernel, {
    flows: [{ skill: "test", flow: echo, catalogue: { de: {}, en: {} } }],
    timers: {},
    readFile: () => Promise.reject(new Error("no files")),
  });
  try {
    w.settle = () => worker.settle();
    await writes("4915100000002", "noch einmal gelesen");
    w.clock.advance(120_000);
    await writes("4915100000003", "nach der Wiederherstellung");
    expect(sent).toEqual(["Zu: nach der Wiederherstellung"]);
    expect(await states()).toEqual({ uncertain: 2, sent: 1 });
    expect(await releaseHold(address, { decision: "send", now: w.clock.now() })).toBe(2);
    w.clock.advance(5_000);
    await worker.settle();
    await worker.settle();
    expect(sent.sort()).toEqual(
      ["Zu: nach der Wiederherstellung", "Zu: noch einmal gelesen", "Zu: vor der Sicherung"].sort(),
    );
    expect(await states()).toEqual({ sent: 3 });
  } finally {
    await worker.stop();
  }
});

test("numbers of documents that may have been given since are given to nobody else, and the gap is told", async () => {
  const { db } = w.kernel;
  const takenAt = w.clock.now();
  const number = (id: number, kind: "quotation" | "confirmation") =>
    db.tenant(id, (tx) => nextNumber(tx, id, kind, "2026-11-24"));
  expect([await number(tenantId, "quotation"), await number(tenantId, "quotation")]).toEqual([
    "AN-2026-0001",
    "AN-2026-0002",
  ]);
  const other = (await w.tenant()).id;
  const now = takenAt + 3_600_000;
  // Quotations, confirmations and receipts of two companies.
  expect(await moveCounters(w.kernel, { counters, takenAt, now })).toBe(6);
  expect(await number(tenantId, "quotation")).toBe("AN-2026-0201");
  // Used after the backup for the first time, as far as anybody knows.
  expect(await number(other, "confirmation")).toBe("AB-2026-0101");
  const at = new Date(now).toISOString();
  expect(await db.tenant(tenantId, (tx) => numberGaps(tx, tenantId))).toEqual([
    { from: "AN-2026-0003", to: "AN-2026-0200", at },
    { from: "AB-2026-0001", to: "AB-2026-0100", at },
  ]);
  // A second restore, of the restored node's own backup.
  await moveCounters(w.kernel, { counters, takenAt: now, now: now + 3_600_000 });
  expect(await number(tenantId, "quotation")).toBe("AN-2026-0401");
  expect((await db.tenant(tenantId, (tx) => numberGaps(tx, tenantId)))[0]).toMatchObject({
    from: "AN-2026-0202",
    to: "AN-2026-0400",
  });
});

test("erasures, stops and withdrawn consents since the backup are taken back again", async () => {
  const { db } = w.kernel;
  const since = w.clock.now();
  const { rows } = await db.node.query<{ id: number }>(
    "select contact_id as id from kernel.identity where kind = 'wa_id' or value like '%4915100000003%' order by 1",
  );
  const contactId = rows.at(-1)?.id ?? 0;
  const at = new Date(since + 1_000).toISOString();
  const list = {
    until: at,
    erased: [
      { tenantId, contactId, at },
      { tenantId, contactId: 999_999, at },
    ],
    stopped: [{ tenantId, contactId: rows[0]?.id ?? 0, at }],
    withdrawn: [],
  };
  const parts = { list, since, rooms: [], now: since + 2_000 };
  expect(await applyTakebacks(w.kernel, parts)).toEqual({ erased: 1, stopped: 1, withdrawn: 0 });
  // The same list twice changes nothing, and what is older than the backup stands in it already.
  expect(await applyTakebacks(w.kernel, parts)).toEqual({ erased: 0, stopped: 0, withdrawn: 0 });
  const found = await readTakebacks(db.node, { since, now: since + 3_000 });
  expect(found.erased.map((one) => one.contactId)).toEqual([contactId]);
  expect(found.stopped.map((one) => one.contactId)).toContain(rows[0]?.id);
});
