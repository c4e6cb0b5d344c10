import { createHmac, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSourceRoom, refusal, type SourceRoom } from "../../../../tests/journeys/source-room.ts";

let room: SourceRoom;
beforeAll(async () => {
  room = await openSourceRoom();
});
afterAll(() => room?.here.close());

const add = (kind: string, more: Record<string, unknown> = {}) =>
  room.call(/Add a source/, {
    body: { name: kind, kind, language: "de", topicId: room.topicId, isAutomatic: true, ...more },
  });
const told = async (id: unknown) =>
  (await room.notices())
    .filter(({ story }) => story.startsWith(`source:${id}:`))
    .map(({ phase, title }) => `${phase} ${title}`);

test("a program pushes items: the same id is one story, what is left out of a whole list is over", async () => {
  const { id } = await add("api", { mapping: { line: "line" } });
  const push = (items: unknown[], isComplete = false) =>
    room.call(/Items by program/, { params: { id }, body: { items, isComplete } });
  const delay = { id: "d1", title: "Verspätung", values: { line: ["U1"] } };
  expect(
    await push([delay, { id: "d2", title: { de: "Umleitung", en: "Detour" }, values: { line: ["U2"] } }]),
  ).toEqual({
    items: 2,
    stories: 2,
    problems: [],
  });
  expect(await push([delay])).toMatchObject({ stories: 0 });
  expect(await push([{ ...delay, text: "20 Minuten" }])).toMatchObject({ stories: 1 });
  expect(await push([{ id: "d1", isCancelled: true }])).toMatchObject({ stories: 1 });
  expect(await push([], true)).toMatchObject({ stories: 1 });
  expect(await push([{ id: "d3" }])).toMatchObject({ items: 0, problems: [{ code: "no_text" }] });
  expect(await told(id)).toEqual([
    "alert Verspätung",
    "alert Umleitung",
    "update Verspätung",
    "all_clear Verspätung",
    "all_clear Umleitung",
  ]);
});

test("a mapping fits the topic; when the topic loses the parameter, what comes waits for a person", async () => {
  const unfit = add("api", { mapping: { linie: "line" } });
  expect(await refusal(unfit)).toBe("bad_request");
  const { id } = await add("api", { mapping: { line: "line" } });
  const unfitChange = room.call(/Change a source/, { params: { id }, body: { mapping: { stop: "stop" } } });
  expect(await refusal(unfitChange)).toBe("bad_request");
  const push = (item: string) =>
    room.call(/Items by program/, {
      params: { id },
      body: { items: [{ id: item, title: item, values: { line: ["U1"] } }] },
    });
  await push("vorher");
  const { rows } = await room.here.kernel.db.tenant(room.tenantId, async (tx) => ({
    rows: await sql<{ parameters: unknown }>`select parameters from notices.topic where id = ${room.topicId}`
      .execute(tx)
      .then((result) => result.rows),
  }));
  const change = (parameters: unknown) =>
    room.here.kernel.db.tenant(room.tenantId, (tx) =>
      sql`update notices.topic set parameters = ${JSON.stringify(parameters)} where id = ${room.topicId}`.execute(
        tx,
      ),
    );
  await change([]);
  await push("nachher");
  await change(rows[0]?.parameters);
  const states = (await room.notices()).filter(({ story }) => story.startsWith(`source:${id}:`));
  expect(states.map(({ title, state }) => [title, state])).toEqual([
    ["vorher", "sending"],
    ["nachher", "draft"],
  ]);
});

test("a table is taken row by row, twice without telling it twice", async () => {
  const { id } = await add("csv");
  const upload = () =>
    room.call(/Items from a table/, {
      params: { id },
      body: { csv: "id;title;line\r\n1;Sperrung;U1|U3\r\n2;;\r\n" },
    });
  expect(await upload()).toMatchObject({ items: 1, stories: 1, problems: [{ code: "no_text" }] });
  expect(await upload()).toMatchObject({ items: 1, stories: 0 });
  const empty = room.call(/Items from a table/, { params: { id }, body: { csv: "id,title" } });
  expect(await refusal(empty)).toBe("bad_request");
  expect(await told(id)).toEqual(["alert Sperrung"]);
});

test("a webhook is taken when it is signed and fresh, once, and only for its own source", async () => {
  const made = await add("webhook");
  const { id } = made;
  const secret = String(made.secret);
  expect(secret).toMatch(/^whsec_/);
  const key = String(made.inbound).split("/").at(-1) ?? "";
  const send = (body: unknown, more: { id?: string; at?: number; secret?: string; key?: string } = {}) => {
    const rawText = JSON.stringify(body);
    const delivery = more.id ?? randomUUID();
    const timestamp = String(Math.floor((more.at ?? room.here.clock.now()) / 1_000));
    const bytes = Buffer.from((more.secret ?? secret).replace("whsec_", ""), "base64");
    const mac = createHmac("sha256", bytes).update(`${delivery}.${timestamp}.${rawText}`).digest("base64");
    const headers = {
      "webhook-id": delivery,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${mac}`,
    };
    return room.call(/webhook signed/, {
      params: { key: more.key ?? key },
      body,
      request: { headers, rawText },
    });
  };
  const body = { items: [{ id: "w1", title: "Stau" }] };
  const delivery = randomUUID();
  expect(await send(body, { id: delivery })).toEqual({ items: 1, stories: 1 });
  expect(await send({ items: [{ id: "w1", isCancelled: true }] })).toEqual({ items: 0, stories: 1 });
  // A copy of the first one would open the story again.
  expect(await send(body, { id: delivery })).toEqual({ items: 1, stories: 0 });
  expect(await refusal(send(body, { secret: "whsec_AAAA" }))).toBe("bad_signature");
  expect(await refusal(send(body, { at: room.here.clock.now() - 600_000 }))).toBe("bad_signature");
  expect(await refusal(send(body, { key: `${room.tenantId}-999999` }))).toBe("not_found");
  expect(await refusal(send(body, { key: `999999-${id}` }))).toBe("not_found");
  const api = await add("api");
  expect(await refusal(send(body, { key: `${room.tenantId}-${api.id}` }))).toBe("not_found");
  await room.call(/Change a source/, { params: { id }, body: { isActive: false } });
  expect(await refusal(send(body))).toBe("rule_broken");
  expect(await told(id)).toEqual(["alert Stau", "all_clear Stau"]);
});
