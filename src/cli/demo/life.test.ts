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
