import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { House } from "#kernel";
import { openTelephoneWorld, type TelephoneWorld } from "../../../../tests/telephone-world.ts";
import { telephoneTimers } from "../jobs.ts";
import type { FileCall } from "../rules/call-file.ts";
import { CHUNK_LINES, PIECE_TRIES } from "../rules/limits.ts";
import { MISSED_DAYS } from "../rules/purposes.ts";
import { IMPORT } from "../rules/timer-kinds.ts";
import { takePiece } from "./import-pieces.ts";
import { lastImports, shownImport, storeImport } from "./imports.ts";
import { insertLine } from "./lines.ts";
import { forgetOld } from "./personal.ts";
import { settleRinging, storeEvent } from "./ringing.ts";

const DAY_MS = 86_400_000;

let t: TelephoneWorld;
beforeAll(async () => {
  t = await openTelephoneWorld();
});
afterAll(() => t?.close());

let numbers = 10_000_000;
const newPhone = () => `+49170${numbers++}`;
const call = (phone: string, part: Partial<FileCall> = {}): FileCall => ({
  line: 2,
  direction: "in",
  outcome: "missed",
  at: t.now - 60_000,
  seconds: null,
  number: { is: "number", phone },
  ...part,
});
const bring = (calls: readonly FileCall[]) =>
  t.doing((tx) =>
    storeImport(tx, {
      tenantId: t.tenantId,
      name: "liste.csv",
      kind: "fritzbox",
      calls,
      faults: [],
      by: "u1",
      now: t.now,
    }),
  );
const timer = (importId: number, attempts = 1) => ({
  tenantId: t.tenantId,
  kind: IMPORT,
  key: String(importId),
  payload: { importId },
  attempts,
});
const workOff = (importId: number, { house = t.house as House, attempts = 1, pieces = 20 } = {}) =>
  telephoneTimers(house, pieces)[IMPORT]?.(timer(importId, attempts));
const listOf = async (importId: number) => {
  const found = (await t.doing((tx) => lastImports(tx, t.tenantId))).find(({ id }) => id === importId);
  return found && shownImport(found);
};
const rowsOf = (importId: number) =>
  t.rows("select n from telephone.import_row where tenant_id = $1 and import_id = $2", importId);
const dropTimer = (importId: number) =>
  t.rows(
    "delete from kernel.timer where tenant_id = $1 and kind = $2 and key = $3",
    IMPORT,
    String(importId),
  );

test("a line that cannot be taken stands alone: the others of its piece are taken, and it is named", async () => {
  const [known, unknown] = [newPhone(), newPhone()];
  const { conversationId } = await t.person(known);
  const { id } = await bring([
    call(known, { line: 2, at: t.now - 3_600_000, outcome: "reached", seconds: 60 }),
    // No message can be from before 1970.
    call(known, { line: 3, at: Date.UTC(1899, 11, 30) }),
    call(unknown, { line: 4 }),
    call(known, { line: 5 }),
  ]);
  await workOff(id);
  expect(await listOf(id)).toMatchObject({
    state: "done",
    done: 4,
    counts: { kept: 3, missed: 2, unreadable: 1 },
    faults: [{ line: 3, reason: "refused" }],
  });
  const entries = await t.rows(
    `select count(*)::int as n from kernel.message m join telephone.call c on c.tenant_id = m.tenant_id and c.message_id = m.id
      where m.tenant_id = $1 and m.conversation_id = $2`,
    conversationId,
  );
  expect(entries).toEqual([{ n: 2 }]);
});

test("a list that fails again and again is given up: what is left of it goes, and the next one may come", async () => {
  const { id } = await bring([call(newPhone())]);
  const failsOnce = (): House => {
    let isFirst = true;
    const tenant = ((tenantId: number, work: never) => {
      if (!isFirst) return t.house.db.tenant(tenantId, work);
      isFirst = false;
      return Promise.reject(new Error("away"));
    }) as House["db"]["tenant"];
    return { ...t.house, db: { ...t.house.db, tenant } };
  };
  await expect(workOff(id, { house: failsOnce(), attempts: PIECE_TRIES - 1 })).rejects.toThrow("away");
  expect(await listOf(id)).toMatchObject({ state: "running" });
  await expect(bring([call(newPhone())])).rejects.toMatchObject({ code: "conflict" });
  await workOff(id, { house: failsOnce(), attempts: PIECE_TRIES });
  expect(await listOf(id)).toMatchObject({ state: "failed" });
  expect(await rowsOf(id)).toEqual([]);
  await workOff((await bring([])).id);
});

test("a list that nobody works off any more does not stand in the way, and is forgotten", async () => {
  const lost = await bring([call(newPhone())]);
  await dropTimer(lost.id);
  const still = await bring([call(newPhone())]);
  expect(await listOf(lost.id)).toMatchObject({ state: "failed" });
  expect(await rowsOf(lost.id)).toEqual([]);
  t.w.clock.advance(DAY_MS + 1);
  const next = await bring([call(newPhone())]);
  expect(await listOf(still.id)).toMatchObject({ state: "failed" });
  await dropTimer(next.id);
  await forgetOld(t.house, t.tenantId);
  expect(await listOf(next.id)).toMatchObject({ state: "failed" });
  expect(await rowsOf(next.id)).toEqual([]);
  t.w.clock.advance((MISSED_DAYS + 1) * DAY_MS);
  await forgetOld(t.house, t.tenantId);
  expect(await t.doing((tx) => lastImports(tx, t.tenantId))).toEqual([]);
});

test("of two lists that are brought at once one is taken", async () => {
  const both = await Promise.allSettled([bring([call(newPhone())]), bring([call(newPhone())])]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  const taken = both.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
  await workOff(taken[0] ?? 0);
});

test("a piece of many lines takes as many statements as one of few", async () => {
  const statementsFor = async (lines: number): Promise<number> => {
    const phones = Array.from({ length: lines }, newPhone);
    for (const [n, phone] of phones.entries()) if (n % 2 === 0) await t.person(phone);
    const { id } = await bring(
      phones.flatMap((phone) => [
        call(phone, { at: t.now - 7_200_000 }),
        call(phone, { at: t.now - 3_600_000, outcome: "reached", seconds: 60 }),
        call(phone),
      ]),
    );
    const query = vi.spyOn(pg.Client.prototype, "query");
    await t.doing((tx) => takePiece(tx, { tenantId: t.tenantId, importId: id, now: t.now }));
    const { length } = query.mock.calls;
    query.mockRestore();
    expect(await listOf(id)).toMatchObject({ state: "done", counts: { unreadable: 0 } });
    return length;
  };
  const few = await statementsFor(2);
  expect(few).toBeGreaterThan(5);
  expect(await statementsFor(40)).toBe(few);
});

test("a long list makes room for other timers and goes on afterwards", async () => {
  const phone = newPhone();
  const lines = Array.from({ length: CHUNK_LINES + 1 }, (_, n) =>
    call(phone, { line: n + 2, at: t.now - n * 60_000, outcome: "reached" }),
  );
  const { id } = await bring(lines);
  await dropTimer(id);
  await workOff(id, { pieces: 1 });
  expect(await listOf(id)).toMatchObject({ state: "running", done: CHUNK_LINES });
  const waiting = await t.rows(
    "select payload from kernel.timer where tenant_id = $1 and kind = $2 and key = $3",
    IMPORT,
    String(id),
  );
  expect(waiting).toEqual([{ payload: { importId: id } }]);
  await workOff(id, { pieces: 1 });
  expect(await listOf(id)).toMatchObject({ state: "done", counts: { unknown: CHUNK_LINES + 1 } });
});

test("a late event does not bring back the number of a call that is understood", async () => {
  const { tenantId, now } = t;
  const phone = newPhone();
  const line = { kind: "generic" as const, name: "Zentrale", isSigned: false, salt: "s", now };
  const { id: lineId } = await t.doing((tx) => insertLine(tx, tenantId, line));
  const place = { tenantId, lineId, callId: "17" };
  const event = { callId: "17", direction: "in", written: "", isVoicemail: false, phone } as const;
  await t.doing((tx) => storeEvent(tx, place, { ...event, what: "ended", ending: "missed" }, now));
  await t.doing((tx) => settleRinging(tx, place, now));
  for (const what of ["rang", "ended"] as const)
    await t.doing((tx) =>
      storeEvent(tx, place, { ...event, what, ending: what === "ended" ? "missed" : null }, now),
    );
  expect(await t.rows("select phone from telephone.ringing where tenant_id = $1")).toEqual([{ phone: "" }]);
  expect(
    await t.rows("select times from telephone.missed where tenant_id = $1 and phone = $2", phone),
  ).toEqual([{ times: 1 }]);
});

test("lists that stood still before are given up by the migration, a company's newest one goes on", async () => {
  const other = (await t.w.tenant({ name: "Zwei" })).id;
  const file = await readFile(new URL("../migrations/002_given_up.sql", import.meta.url), "utf8");
  await t.client.query(`drop index telephone.import_running; alter table telephone.import_row drop column line;
    delete from telephone.import`);
  const add = async (tenantId: number, isWaiting: boolean): Promise<number> => {
    const { rows } = await t.client.query<{ id: number }>(
      `with i as (insert into telephone.import (tenant_id, name, kind, lines, created_by, created_at) values ($1, '', 'table', 1, 'u', $2) returning id),
          r as (insert into telephone.import_row (tenant_id, import_id, n, direction, outcome, at, phone)
            select $1, id, 0, 'in', 'missed', $2, '' from i),
          w as (insert into kernel.timer (tenant_id, kind, key, due_at) select $1, $3, id::text, $2 from i where $4)
        select id from i`,
      [tenantId, new Date(t.now), IMPORT, isWaiting],
    );
    return rows[0]?.id ?? 0;
  };
  const [older, newest] = [await add(t.tenantId, true), await add(t.tenantId, true)];
  const lost = await add(other, false);
  await t.client.query(file);
  const { rows: states } = await t.client.query("select id, state from telephone.import order by id");
  expect(states).toEqual([
    { id: older, state: "failed" },
    { id: newest, state: "running" },
    { id: lost, state: "failed" },
  ]);
  const { rows: left } = await t.client.query("select import_id from telephone.import_row");
  expect(left).toEqual([{ import_id: newest }]);
});
