import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "./desk-world.ts";

let desk: Desk;
const told: string[] = [];
beforeEach(async () => {
  told.length = 0;
  const rooms = [
    {
      id: "club",
      personalData: {
        export: async (_tx: unknown, ids: readonly number[]) => ({ stamps: ids.length }),
        erase: async (_tx: unknown, ids: readonly number[]) => void told.push(`erase ${ids.length}`),
      },
    },
  ];
  desk = await openDesk({ rooms });
});
afterEach(() => desk.close());

describe("merging", () => {
  test("makes two contacts one person everywhere, moves nothing, and can be undone", async () => {
    const [anna, work] = [await desk.customer("Anna"), await desk.customer("A. Petersen")];
    const merged = await desk.call("POST", `/contacts/${work.contactId}/merge`, { into: anna.contactId });
    expect(merged.status).toBe(201);
    expect(merged.body).toMatchObject({
      id: anna.contactId,
      name: "Anna",
      merges: [{ contactId: work.contactId, name: "A. Petersen", by: "Jana" }],
    });
    expect(merged.body.identities.map((one: { contactId: number }) => one.contactId).sort()).toEqual([
      anna.contactId,
      work.contactId,
    ]);
    expect(merged.body.conversations).toHaveLength(2);
    expect((await desk.call("GET", `/contacts/${work.contactId}`)).body.id).toBe(anna.contactId);
    expect((await desk.call("GET", `/conversations/${work.id}`)).body.contact).toEqual({
      id: anna.contactId,
      name: "Anna",
    });
    expect((await desk.call("GET", "/contacts")).body.items).toHaveLength(1);
    expect((await desk.call("GET", "/search?q=Petersen")).body.contacts).toMatchObject([
      { id: anna.contactId, name: "Anna" },
    ]);
    const undone = await desk.call("DELETE", `/merges/${merged.body.merges[0]?.id}`);
    expect(undone.body).toMatchObject({ id: anna.contactId, merges: [] });
    expect((await desk.call("GET", `/conversations/${work.id}`)).body.contact).toEqual({
      id: work.contactId,
      name: "A. Petersen",
    });
    expect((await desk.call("DELETE", `/merges/${merged.body.merges[0]?.id}`)).status).toBe(409);
  });

  test("follows chains, refuses a second time, and two directions at once make no circle", async () => {
    const [a, b, c] = [await desk.customer("A"), await desk.customer("B"), await desk.customer("C")];
    const merge = (one: { contactId: number }, into: { contactId: number }) =>
      desk.call("POST", `/contacts/${one.contactId}/merge`, { into: into.contactId });
    const both = await Promise.all([merge(a, b), merge(b, a)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 422]);
    expect((await merge(c, a)).status).toBe(201);
    expect((await merge(a, c)).body.code).toBe("rule_broken");
    const person = (await desk.call("GET", `/contacts/${c.contactId}`)).body;
    expect(person.conversations).toHaveLength(3);
    expect(person.merges).toHaveLength(2);
  });

  test("does not reach into another company", async () => {
    const other = await desk.node.tenant({ name: "Other" });
    const channelId = await desk.node.channel(other.id, { kind: "whatsapp", address: "200", appId: "app" });
    const theirs = await desk.customer("Theirs", {}, { tenantId: other.id, channelId });
    const ours = await desk.customer("Ours");
    const manager = await desk.keyOf("manager");
    for (const [method, path, body] of [
      ["GET", `/contacts/${theirs.contactId}`],
      ["PATCH", `/contacts/${theirs.contactId}`, { name: "x" }],
      ["POST", `/contacts/${ours.contactId}/merge`, { into: theirs.contactId }],
      ["POST", `/contacts/${theirs.contactId}/merge`, { into: ours.contactId }],
      ["GET", `/contacts/${theirs.contactId}/export`],
      ["POST", `/contacts/${theirs.contactId}/erase`, { confirm: true }],
      ["DELETE", "/merges/4711"],
    ] as const)
      expect([path, (await desk.call(method, path, body, manager)).status]).toEqual([path, 404]);
  });
});

test("a change shows in every conversation of the person", async () => {
  const anna = await desk.customer("");
  const changed = await desk.call("PATCH", `/contacts/${anna.contactId}`, {
    name: "Anna",
    company: "Elbe GmbH",
    note: "ruft gern an",
    language: "de",
  });
  expect(changed.body).toMatchObject({
    name: "Anna",
    company: "Elbe GmbH",
    note: "ruft gern an",
    language: "de",
  });
  expect((await desk.call("GET", `/conversations/${anna.id}`)).body.contact.name).toBe("Anna");
  expect((await desk.events()).map((event) => event.type)).toEqual([
    "contact.changed",
    "conversation.changed",
  ]);
});

test("contacts come by name, page by page, the nameless last", async () => {
  for (const name of ["bert", "Änne", "", "Anna", "anna", "", "Zoe"]) await desk.customer(name);
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = (await desk.call("GET", `/contacts?limit=2${cursor && `&cursor=${cursor}`}`)).body;
    seen.push(...page.items.map((item: { name: string }) => item.name));
    cursor = page.next ?? "";
  } while (cursor);
  expect(seen).toEqual(["Anna", "anna", "bert", "Zoe", "Änne", "", ""]);
  expect((await desk.call("GET", "/contacts?q=ANN")).body.items).toHaveLength(2);
  expect((await desk.call("GET", "/contacts?q=%25")).body.items).toHaveLength(0);
});

test("an address was last seen when its person wrote last, not when it was first known", async () => {
  const later = new Date(desk.node.clock.now() + 86_400_000);
  const anna = await desk.customer("Anna", { last_customer_at: later });
  const { identities } = (await desk.call("GET", `/contacts/${anna.contactId}`)).body;
  expect(identities).toMatchObject([{ lastSeenAt: later.toISOString() }]);
});

describe("the rights of a person", () => {
  test("everything is handed out, from every room, and only to who may", async () => {
    const anna = await desk.customer("Anna");
    await desk.call("POST", `/conversations/${anna.id}/messages`, { clientId: randomUUID(), text: "Gern" });
    expect((await desk.call("GET", `/contacts/${anna.contactId}/export`)).status).toBe(403);
    const data = (
      await desk.call("GET", `/contacts/${anna.contactId}/export`, undefined, await desk.keyOf("manager"))
    ).body;
    expect(data.club).toEqual({ stamps: 1 });
    expect(data.kernel.message?.map((row) => row.content)).toEqual([
      { type: "text", text: "Moin von Anna" },
      { type: "text", text: "Gern" },
    ]);
    expect(data.kernel.identity).toHaveLength(1);
    expect(data.kernel.outbox).toHaveLength(1);
    // Who has it handed out reads it, and that is in it too.
    expect(data.kernel.access_log).toMatchObject([{ contact_id: anna.contactId }]);
  });

  test("erasing leaves nothing but an empty contact, for all that was merged", async () => {
    const [anna, work, bert] = [
      await desk.customer("Anna"),
      await desk.customer("A. Petersen"),
      await desk.customer("Bert"),
    ];
    await desk.call("POST", `/contacts/${work.contactId}/merge`, { into: anna.contactId });
    await desk.call("POST", `/conversations/${anna.id}/messages`, { clientId: randomUUID(), text: "Gern" });
    await desk.call("POST", `/conversations/${work.id}/callbacks`, {
      phone: "040123",
      promisedAt: "2027-01-01T10:00:00Z",
    });
    const sql = (text: string, values: unknown[] = []) => desk.node.kernel.db.node.query(text, values);
    const { rows } = await sql("select value from kernel.identity where contact_id = $1", [work.contactId]);
    await sql(
      "insert into kernel.parked (tenant_id, id, app_id, body, reason, received_at, parked_at) select $1, n, 'app', convert_to($2 || n, 'UTF8'), '', $3, $3 from generate_series(1, 1) n",
      [desk.tenantId, `{"from":"${rows[0].value}"}`, new Date()],
    );
    // Somebody else, whose number holds the digits of the first.
    await sql(
      "insert into kernel.parked (tenant_id, id, app_id, body, reason, received_at, parked_at) select $1, 2, 'app', convert_to($2, 'UTF8'), '', $3, $3",
      [desk.tenantId, `{"from":"2${rows[0].value.replace("+", "")}"}`, new Date()],
    );
    const manager = await desk.keyOf("manager");
    expect((await desk.call("POST", `/contacts/${work.contactId}/erase`, {}, manager)).status).toBe(400);
    expect(
      (await desk.call("POST", `/contacts/${work.contactId}/erase`, { confirm: true }, manager)).body,
    ).toEqual({ ok: true });
    expect(told).toEqual(["erase 2"]);
    for (const gone of [anna, work]) {
      expect((await desk.call("GET", `/conversations/${gone.id}`)).status).toBe(404);
      expect((await desk.call("GET", `/contacts/${gone.contactId}`)).status).toBe(404);
    }
    const left = async (table: string) =>
      Number((await sql(`select count(*) as n from kernel.${table}`)).rows[0].n);
    expect({
      message: await left("message"),
      identity: await left("identity"),
      outbox: await left("outbox"),
      callback: await left("callback"),
      timer: await left("timer"),
      parked: await left("parked"),
    }).toEqual({ message: 1, identity: 1, outbox: 0, callback: 0, timer: 0, parked: 1 });
    expect((await desk.call("GET", `/conversations/${bert.id}/messages`)).body.items).toHaveLength(1);
  });
});
