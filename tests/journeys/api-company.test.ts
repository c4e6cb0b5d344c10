import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createStaffAccount } from "../../src/kernel/auth/accounts.ts";
import { type Desk, openDesk } from "./desk-world.ts";

let desk: Desk;
let manager: string;
let owner: string;
beforeEach(async () => {
  desk = await openDesk();
  [manager, owner] = [await desk.keyOf("manager"), await desk.keyOf("owner")];
});
afterEach(() => desk.close());

describe("settings", () => {
  test("are changed by a manager, checked, and known at once", async () => {
    expect((await desk.call("PATCH", "/company", { name: "x" })).body.code).toBe("forbidden");
    const hours = [{ weekday: 6, from: "10:00", to: "14:00" }];
    const changed = await desk.call(
      "PATCH",
      "/company",
      {
        name: " Elbkontor ",
        openingHours: hours,
        holidayRegion: "DE-SN",
        formOfAddress: "du",
        answerMinutes: 15,
      },
      manager,
    );
    expect(changed.body).toMatchObject({
      name: "Elbkontor",
      openingHours: hours,
      holidayRegion: "DE-SN",
      formOfAddress: "du",
      answerMinutes: 15,
      language: "de",
    });
    expect((await desk.call("GET", "/company")).body).toEqual(changed.body);
    expect(await desk.node.kernel.profile(desk.tenantId)).toMatchObject({
      name: "Elbkontor",
      answerMinutes: 15,
    });
    expect((await desk.events()).map((event) => event.type)).toEqual(["company.changed"]);
  });

  test.each([
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ holidayRegion: "XX" }, "holidayRegion"],
    [{ openingHours: [{ weekday: 1, from: "24:30", to: "10:00" }] }, "openingHours.0"],
    [{ openingHours: [{ weekday: 1, from: "09:00", to: "09:00" }] }, "openingHours.0"],
    [{ legal: { imprint: "javascript:alert(1)", privacy: "" } }, "legal.imprint"],
    [{ accent: "red" }, "accent"],
    [{ logo: "<html></html>" }, "logo"],
  ])("%j is refused", async (body, path) => {
    const answer = await desk.call("PATCH", "/company", body, manager);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, path]);
  });

  test("keep a logo without what could harm", async () => {
    const logo = '<svg viewBox="0 0 1 1"><script>alert(1)</script><path d="M0 0" onclick="x()"/></svg>';
    const { body } = await desk.call("PATCH", "/company", { logo }, manager);
    expect(body.logo).toBe(
      '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    );
  });
});

describe("staff", () => {
  const bo = { name: "Bo", email: "Bo@example.com", role: "agent", departmentId: null };

  test("are added by managers, with a password that is shown once", async () => {
    expect((await desk.call("POST", "/staff", bo)).status).toBe(403);
    const made = await desk.call("POST", "/staff", bo, manager);
    expect([made.status, made.body.member]).toMatchObject([
      201,
      { name: "Bo", email: "bo@example.com", role: "agent", active: true },
    ]);
    expect(made.body.oneTimePassword).toMatch(/^[\w-]{12}$/);
    expect((await desk.call("POST", "/staff", bo, manager)).status).toBe(409);
    expect((await desk.call("GET", "/staff")).body.items).toHaveLength(1);
    expect(
      (await desk.call("POST", "/staff", { ...bo, email: "o@example.com", role: "owner" }, manager)).status,
    ).toBe(403);
    expect(
      (await desk.call("POST", "/staff", { ...bo, email: "d@example.com", departmentId: 4711 }, manager))
        .status,
    ).toBe(400);
  });

  test("who forgot the password get a new one, unless they work elsewhere, too", async () => {
    const made = await desk.call("POST", "/staff", bo, manager);
    const path = `/staff/${made.body.member.id}/password`;
    expect((await desk.call("POST", path)).status).toBe(403);
    const renewed = await desk.call("POST", path, undefined, manager);
    expect(renewed.body.oneTimePassword).toMatch(/^[\w-]{12}$/);
    expect(renewed.body.oneTimePassword).not.toBe(made.body.oneTimePassword);
    expect((await desk.call("POST", "/staff/nobody/password", undefined, manager)).status).toBe(404);
    const boss = await createStaffAccount(desk.node.kernel, {
      ...bo,
      tenantId: desk.tenantId,
      email: "boss@example.com",
      role: "owner" as const,
    });
    expect((await desk.call("POST", `/staff/${boss.userId}/password`, undefined, manager)).status).toBe(403);
    const other = await desk.node.tenant();
    await createStaffAccount(desk.node.kernel, { ...bo, tenantId: other.id, role: "agent" as const });
    expect((await desk.call("POST", path, undefined, manager)).status).toBe(422);
  });

  test("with an account at a company the manager has no part in do not join by their address", async () => {
    const other = await desk.node.tenant();
    await createStaffAccount(desk.node.kernel, { ...bo, tenantId: other.id, role: "agent" as const });
    const refused = await desk.call("POST", "/staff", bo, manager);
    expect([refused.status, refused.body.code]).toEqual([409, "conflict"]);
    expect((await desk.call("GET", "/staff")).body.items).toHaveLength(0);
  });

  test("keep one owner, however two owners retire each other", async () => {
    const place = (email: string) => ({
      tenantId: desk.tenantId,
      email,
      name: email,
      role: "owner" as const,
      departmentId: null,
    });
    const [a, b] = [
      await createStaffAccount(desk.node.kernel, place("a@example.com")),
      await createStaffAccount(desk.node.kernel, place("b@example.com")),
    ];
    expect((await desk.call("PATCH", `/staff/${a.userId}`, { active: false }, manager)).status).toBe(403);
    const answers = await Promise.all(
      [a, b].map(({ userId }) => desk.call("PATCH", `/staff/${userId}`, { active: false }, owner)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422]);
    expect((await desk.call("PATCH", "/staff/nobody", { name: "x" }, owner)).status).toBe(404);
  });

  test("stand in departments; removing one gives its conversations back to the queue", async () => {
    const department = (await desk.call("POST", "/departments", { name: "Lager" }, manager)).body;
    expect((await desk.call("POST", "/departments", { name: "Lager" }, manager)).status).toBe(409);
    const made = await desk.call("POST", "/staff", { ...bo, departmentId: department.id }, manager);
    const { id } = await desk.customer("Anna");
    expect(
      (await desk.call("POST", `/conversations/${id}/assign`, { departmentId: department.id })).body,
    ).toMatchObject({ state: "waiting", department: { name: "Lager" } });
    expect((await desk.call("DELETE", `/departments/${department.id}`, undefined, manager)).body).toEqual({
      ok: true,
    });
    expect((await desk.call("GET", `/conversations/${id}`)).body).toMatchObject({
      state: "waiting",
      department: null,
    });
    expect((await desk.call("GET", "/staff")).body.items[0]).toMatchObject({
      id: made.body.member.id,
      departmentId: null,
    });
    expect((await desk.call("DELETE", `/departments/${department.id}`, undefined, manager)).status).toBe(404);
  });
});

test("text blocks are kept by everybody at the desk", async () => {
  const block = (await desk.call("POST", "/text-blocks", { title: "Gruß", language: "de", text: "Moin!" }))
    .body;
  expect((await desk.call("GET", "/text-blocks")).body.items).toEqual([block]);
  expect((await desk.call("DELETE", `/text-blocks/${block.id}`)).body).toEqual({ ok: true });
  expect((await desk.call("DELETE", `/text-blocks/${block.id}`)).status).toBe(404);
});

test("an API key is no stronger than who makes it, and a revoked one stops at once", async () => {
  expect((await desk.call("POST", "/api-keys", { name: "x", role: "owner" }, manager)).status).toBe(403);
  const made = await desk.call("POST", "/api-keys", { name: "Shop" }, manager);
  expect(made.body.key).toMatchObject({
    name: "Shop",
    role: "agent",
    prefix: made.body.secret.slice(0, 8),
    lastUsedAt: null,
  });
  expect((await desk.call("GET", "/company", undefined, made.body.secret)).status).toBe(200);
  const listed = (await desk.call("GET", "/api-keys", undefined, manager)).body;
  expect(JSON.stringify(listed)).not.toContain(made.body.secret);
  expect(listed.items.find((key) => key.id === made.body.key.id)?.lastUsedAt).toEqual(expect.any(String));
  await desk.call("DELETE", `/api-keys/${made.body.key.id}`, undefined, manager);
  expect((await desk.call("GET", "/company", undefined, made.body.secret)).status).toBe(401);
});

describe("channels", () => {
  const number = {
    kind: "whatsapp",
    name: "Haupt",
    phoneNumberId: "123456789",
    displayPhone: "+49 40 1",
    token: "EAAsecret",
    appSecret: "s3cret",
  };

  test("a number is connected; two of one app share it; tokens never come out", async () => {
    expect((await desk.call("POST", "/channels", number)).status).toBe(403);
    const one = await desk.call("POST", "/channels", number, manager);
    expect([one.status, one.body]).toMatchObject([
      201,
      { kind: "whatsapp", address: "123456789", settings: { displayPhone: "+49 40 1" }, snippet: null },
    ]);
    expect(one.body.webhook).toMatch(/^http:\/\/localhost:80\/hooks\/[\w-]{16}$/);
    expect(one.body.verifyToken).toMatch(/^[\w-]{22}$/);
    const two = await desk.call("POST", "/channels", { ...number, phoneNumberId: "987654321" }, manager);
    expect(two.body.webhook).toBe(one.body.webhook);
    const taken = await desk.call("POST", "/channels", number, manager);
    expect([taken.status, taken.body.detail]).toEqual([409, "It exists already."]);
    const listed = JSON.stringify((await desk.call("GET", "/channels")).body);
    expect(listed).not.toMatch(/EAAsecret|s3cret/);
    expect(listed).not.toContain(one.body.verifyToken);
    expect(desk.node.kernel.registry.accountByAddress("whatsapp", "123456789")).toMatchObject({
      tenantId: desk.tenantId,
      token: "EAAsecret",
    });
  });

  test("a page gets a random key and its origins; a bot answers for its own token only", async () => {
    const page = (
      await desk.call(
        "POST",
        "/channels",
        { kind: "web", name: "Shop", origins: ["https://shop.example/page?x=1"] },
        manager,
      )
    ).body;
    expect(page).toMatchObject({ settings: { origins: ["https://shop.example"] }, webhook: null });
    expect(page.snippet).toBe(
      `<script src="http://localhost:80/widget.js" data-key="${page.address}" async></script>`,
    );
    const changed = await desk.call(
      "PATCH",
      `/channels/${page.id}`,
      { origins: ["http://localhost:3000"], active: false, name: "Laden" },
      manager,
    );
    expect(changed.body).toMatchObject({
      name: "Laden",
      active: false,
      settings: { origins: ["http://localhost:3000"] },
    });
    const bot = (
      await desk.call(
        "POST",
        "/channels",
        { kind: "telegram", name: "Bot", token: "4711:abcdefghijkl", botName: "@elbe_bot" },
        manager,
      )
    ).body;
    expect(bot).toMatchObject({ address: "4711", settings: { botName: "elbe_bot" } });
    expect(
      (await desk.call("PATCH", `/channels/${bot.id}`, { token: "4712:abcdefghijkl" }, manager)).status,
    ).toBe(400);
    expect((await desk.call("POST", `/channels/${bot.id}/check`, undefined, manager)).body).toEqual({
      ok: true,
      text: "",
    });
  });

  test("of another company answer 404", async () => {
    const other = await desk.node.tenant({ name: "Other" });
    const theirs = await desk.node.channel(other.id, { kind: "web", address: "their-key" });
    expect((await desk.call("PATCH", `/channels/${theirs}`, { name: "x" }, manager)).status).toBe(404);
    expect((await desk.call("POST", `/channels/${theirs}/check`, undefined, manager)).status).toBe(404);
    expect((await desk.call("GET", "/channels")).body.items).toHaveLength(1);
  });
});

test("what could not be understood is shown, put away, or tried again", async () => {
  const sql = (text: string, values: unknown[] = []) => desk.node.kernel.db.node.query(text, values);
  const now = new Date(desk.node.clock.now());
  desk.node.worker();
  await desk.node.settle();
  for (const id of [1, 2])
    await sql(
      "insert into kernel.parked (tenant_id, id, app_id, channel_id, body, reason, received_at, parked_at) values ($1, $2, 'app', $3, $4, 'no type', $5, $5)",
      [desk.tenantId, id, desk.channelId, Buffer.from('{"odd":"Käse"}'), now],
    );
  const { items } = (await desk.call("GET", "/parked")).body;
  expect(items).toMatchObject([
    { id: "2", channelName: "whatsapp", reason: "no type", excerpt: '{"odd":"Käse"}' },
    { id: "1" },
  ]);
  expect((await desk.call("GET", "/conversation-counts")).body.parked).toBe(2);
  expect((await desk.call("POST", "/parked/1/settle", { decision: "dismiss" })).body).toEqual({ ok: true });
  expect((await desk.call("POST", "/parked/2/settle", { decision: "retry" })).body).toEqual({ ok: true });
  expect((await desk.call("POST", "/parked/2/settle", { decision: "retry" })).status).toBe(404);
  expect((await sql("select convert_from(body, 'UTF8') as body, tenant_id from kernel.inbox")).rows).toEqual([
    { body: '{"odd":"Käse"}', tenant_id: desk.tenantId },
  ]);
  expect((await desk.call("GET", "/parked")).body.items).toEqual([]);
});
