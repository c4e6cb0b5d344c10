import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyLedger } from "#kernel";
import { type World, world } from "#kernel/testing";
import { runIn } from "../../kernel/consent/run.ts";
import { seedLife } from "./life.ts";

const FOLDER = new URL("../../../demo/hansekontor/", import.meta.url);

let w: World;
let tenantId: number;
beforeAll(async () => {
  w = await world({ startMs: Date.parse("2026-11-24T09:00:00Z") });
  tenantId = (await w.tenant({ name: "Hansekontor" })).id;
  await w.channel(tenantId, { kind: "whatsapp", address: "4940", appId: "wa" });
  await w.channel(tenantId, { kind: "telegram", address: "4711", appId: "tg" });
});
afterAll(() => w.close());

const read = (name: string) => readFile(new URL(name, FOLDER), "utf8");
const COUNTS = [
  "kernel.contact",
  "kernel.consent_grant",
  "notices.topic",
  "notices.subscription",
  "notices.notice",
  "advocate.fact",
  "advocate.warning",
  "advocate.outcome",
  "reports.report",
  "reports.statement",
];

async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of COUNTS)
    found[table] = await w.kernel.db.tenant(tenantId, async (tx) => {
      const [row] = await runIn(tx)<{ n: number }>(`select count(*)::int as n from ${table}`, []);
      return row?.n ?? 0;
    });
  return found;
}

test("has an evening that lies behind, driven as its couriers told, two weeks ahead, and parcels of today", async () => {
  await seedLife(w.kernel, tenantId, read);
  const rows = (text: string) =>
    w.kernel.db.tenant(tenantId, (tx) => runIn(tx)<Record<string, unknown>>(text, []));
  const evenings = await rows(`select e.service_date::text as date, e.state, count(d.id)::int as parcels
    from delivery.evening e left join delivery.delivery d on d.tenant_id = e.tenant_id and d.evening_id = e.id
    group by e.id, e.service_date, e.state order by 1`);
  // Monday lies behind; from Tuesday the 24th on two weeks without their Sundays.
  expect(evenings).toHaveLength(13);
  expect(evenings.slice(0, 4)).toEqual([
    { date: "2026-11-23", state: "over", parcels: 16 },
    { date: "2026-11-24", state: "planned", parcels: 12 },
    { date: "2026-11-25", state: "planned", parcels: 4 },
    { date: "2026-11-26", state: "planned", parcels: 0 },
  ]);
  const outcomes = await rows(`select state, outcome, count(*)::int as n from delivery.delivery
    where outcome is not null group by 1, 2 order by 2`);
  expect(outcomes).toEqual([
    { state: "done", outcome: "handed_over", n: 13 },
    { state: "done", outcome: "left_there", n: 1 },
    { state: "done", outcome: "neighbour", n: 1 },
    { state: "failed", outcome: "not_there", n: 1 },
  ]);
  const [map] = await rows("select jsonb_array_length(features) as n from delivery.city_map");
  expect(Number(map?.n)).toBeGreaterThan(30);
  expect(await rows("select from kernel.outbox where purpose like 'delivery.%'")).toEqual([]);
}, 120_000);

test("gives the demo customers, notices, warnings and reports once; every consent stands in the ledger", async () => {
  await seedLife(w.kernel, tenantId, read);
  const first = await counts();
  expect(first).toMatchObject({
    "kernel.contact": 32,
    "notices.topic": 4,
    "notices.notice": 4,
    "reports.report": 3,
    "reports.statement": 6,
    // 5 cancelled, 6 kept, 2 returned: by the rules themselves, with the clock of a month ago.
    "advocate.outcome": 13,
  });
  for (const table of COUNTS) expect([table, first[table]]).not.toEqual([table, 0]);
  await seedLife(w.kernel, tenantId, read);
  expect(await counts()).toEqual(first);
  // Whoever opens the desk sees what it is for: cases of both languages, the oldest of them overdue.
  const waiting = await w.kernel.db.tenant(tenantId, (tx) =>
    runIn(tx)<{ language: string; name: string; late: boolean; reason: string; rows: string[] }>(
      `select c.language, p.name, c.due_at < $1 as late, c.hand_over ->> 'reason' as reason,
          array(select m.author from kernel.message m where m.tenant_id = c.tenant_id and m.conversation_id = c.id
            and m.sent_at > $1::timestamptz - interval '2 hours' order by m.id) as rows
        from kernel.conversation c join kernel.contact p on p.tenant_id = c.tenant_id and p.id = c.contact_id
        where c.state = 'waiting' and c.unread > 0 order by c.due_at`,
      [new Date(w.clock.now())],
    ),
  );
  const said = ["customer", "bot", "system"];
  expect(waiting).toEqual([
    { language: "de", name: "Meike Asmussen", late: true, reason: "complaint", rows: said },
    { language: "en", name: "Chiara Ferri", late: false, reason: "unknown", rows: said },
    { language: "de", name: "Thore Behrens", late: false, reason: "unsure", rows: said },
    { language: "de", name: "Yusuf Kılıç", late: false, reason: "asked", rows: said },
  ]);
  const ledger = await w.kernel.db.tenant(tenantId, (tx) => verifyLedger(runIn(tx), tenantId));
  expect(ledger.faults).toEqual([]);
  expect(ledger.entries).toBe(first["kernel.consent_grant"]);
});
