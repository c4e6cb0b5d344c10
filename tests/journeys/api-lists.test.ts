import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createStaffAccount } from "../../src/kernel/auth/accounts.ts";
import { type Desk, MINUTE_MS, openDesk } from "./desk-world.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe("the list", () => {
  test("shows what is due first, page by page, without gaps and doubles", async () => {
    const now = desk.node.clock.now();
    const made: number[] = [];
    for (const [n, minutes] of [30, 10, 20, null, 10].entries()) {
      const due = minutes === null ? null : new Date(now + minutes * MINUTE_MS);
      made.push(
        (
          await desk.customer(`due ${minutes}`, {
            state: "waiting",
            due_at: due,
            // Of two that are due together, the second one waits longer.
            waiting_since: new Date(now - n * MINUTE_MS),
          })
        ).id,
      );
    }
    await desk.customer("bot", { state: "bot" });
    const seen: number[] = [];
    let cursor = "";
    do {
      const page = await desk.call("GET", `/conversations?view=open&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map((item: { id: number }) => item.id));
      cursor = page.body.next ?? "";
    } while (cursor);
    expect(seen).toEqual([made[4], made[1], made[2], made[0], made[3]]);
  });

  test("has a view for me, my department, nobody, everything and what is closed", async () => {
    const department = (
      await desk.node.kernel.db.tenant(desk.tenantId, (tx) =>
        tx
          .insertInto("kernel.department")
          .values({ tenant_id: desk.tenantId, name: "Lager" })
          .returning("id")
          .executeTakeFirstOrThrow(),
      )
    ).id;
    const mine = await desk.customer("mine", { state: "person", assignee_id: `key:${desk.keyId}` });
    const theirs = await desk.customer("theirs", {
      state: "person",
      assignee_id: "somebody",
      department_id: department,
    });
    const free = await desk.customer("free", {
      state: "waiting",
      department_id: department,
      due_at: new Date(desk.node.clock.now() - 1),
    });
    const bot = await desk.customer("bot");
    const closed = await desk.customer("closed", { state: "closed" });
    const ids = async (view: string) =>
      (await desk.call("GET", `/conversations?view=${view}`)).body.items
        .map((item: { id: number }) => item.id)
        .sort((a: number, b: number) => a - b);
    expect(await ids("mine")).toEqual([mine.id]);
    expect(await ids("unassigned")).toEqual([free.id]);
    expect(await ids("open")).toEqual([mine.id, theirs.id, free.id]);
    expect(await ids("all")).toEqual([mine.id, theirs.id, free.id, bot.id, closed.id]);
    expect(await ids("closed")).toEqual([closed.id]);
    expect(await ids("department")).toEqual([]);
    const password = "moin moin moin";
    await createStaffAccount(desk.node.kernel, {
      tenantId: desk.tenantId,
      email: "jana@example.com",
      name: "Jana",
      role: "agent",
      departmentId: department,
      password,
    });
    const session = await desk.app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      payload: { email: "jana@example.com", password },
    });
    const cookie = session.cookies
      .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
      .join("; ");
    const janas = await desk.app.inject({
      url: "/api/v1/conversations?view=department",
      headers: { cookie },
    });
    expect(
      janas
        .json()
        .items.map((item: { id: number }) => item.id)
        .sort(),
    ).toEqual([theirs.id, free.id]);
    expect((await desk.call("GET", "/conversation-counts")).body).toEqual({
      mine: 1,
      department: 0,
      unassigned: 1,
      open: 3,
      overdue: 1,
      parked: 0,
    });
  });

  test("refuses a cursor that is not ours", async () => {
    for (const cursor of [
      "nonsense",
      Buffer.from('["2026-99-99",1,2]').toString("base64url"),
      Buffer.from("[1]").toString("base64url"),
    ])
      expect((await desk.call("GET", `/conversations?view=all&cursor=${cursor}`)).status).toBe(400);
  });
});

test("messages come newest page first, each page in reading order", async () => {
  const { id } = await desk.customer("Anna");
  for (let n = 1; n <= 6; n++) {
    desk.node.clock.advance(1_000);
    await desk.call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), text: `Nr ${n}` });
  }
  const first = await desk.call("GET", `/conversations/${id}/messages?limit=3`);
  expect(first.body.items.map((m: { text: string }) => m.text)).toEqual(["Nr 4", "Nr 5", "Nr 6"]);
  const second = await desk.call("GET", `/conversations/${id}/messages?limit=3&cursor=${first.body.next}`);
  expect(second.body.items.map((m: { text: string }) => m.text)).toEqual(["Nr 1", "Nr 2", "Nr 3"]);
  const third = await desk.call("GET", `/conversations/${id}/messages?limit=3&cursor=${second.body.next}`);
  expect([third.body.items.length, third.body.items[0]?.authorName, third.body.next]).toEqual([
    1,
    "Anna",
    null,
  ]);
  const { rows } = await desk.node.kernel.db.node.query(
    "select 1 from pg_tables where tablename = 'access_log'",
  );
  expect(rows).toHaveLength(1);
  const log = await desk.node.kernel.db.tenant(desk.tenantId, (tx) =>
    tx.selectFrom("kernel.access_log").selectAll().execute(),
  );
  expect(log).toMatchObject([{ staff_id: `key:${desk.keyId}` }]);
});
