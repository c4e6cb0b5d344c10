import { afterAll, beforeAll, expect, test } from "vitest";
import { openSourceRoom, refusal, type SourceRoom } from "../../../../../tests/journeys/source-room.ts";
import { type AlertPlan, encodeFeed } from "../../fixtures/gtfs-encoder.ts";
import { type SourceServer, startSourceServer } from "../../fixtures/source-server.ts";
import { zip } from "../../fixtures/zip.ts";

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

let server: SourceServer;
let room: SourceRoom;
beforeAll(async () => {
  server = await startSourceServer();
  room = await openSourceRoom({ allowedHosts: () => [server.host] });
});
afterAll(async () => {
  await room?.here.close();
  await server?.close();
});

interface Shown {
  id: number;
  name: string;
  health: { light: string; text: string };
  names: number;
  liveItems: number;
  nextAt: string | null;
}
const shown = async (id: number) => {
  const { items } = (await room.call(/Sources of notices/)) as unknown as { items: Shown[] };
  return items.find((one) => one.id === id) as Shown;
};
const add = async (more: Record<string, unknown>) => {
  const made = await room.call(/Add a source/, {
    body: { name: "Quelle", language: "de", topicId: room.topicId, isAutomatic: true, ...more },
  });
  await room.here.settle();
  return Number(made.id);
};
/** Notices of one source only; others go on beside it. */
const told = async (id: number) =>
  (await room.notices()).filter(({ story }) => story.startsWith(`source:${id}:`));
const remove = (id: number) => room.call(/Remove a source/, { params: { id } });

test("service alerts with names from the timetable: alert, update, all-clear are one story, sent as they come", async () => {
  let alerts: AlertPlan[] = [];
  server.on("/alerts", (_, response) => {
    const timestamp = Math.floor(room.here.clock.now() / SECOND_MS);
    response.end(encodeFeed({ timestamp, alerts }));
  });
  server.on("/gtfs.zip", (request, response) => {
    if (request.headers["if-none-match"] === '"t1"') return response.writeHead(304).end();
    response.writeHead(200, { etag: '"t1"' }).end(
      zip({
        "agency.txt": "agency_id,agency_name\nhha,Hochbahn\n",
        "feed/routes.txt":
          "route_id,agency_id,route_short_name,route_long_name,route_type\nr3,hha,U3,Ring,402\n",
        "stops.txt": '"stop_id","stop_name"\r\n"s1","Barmbek, Nord"\r\n',
        "trips.txt": "route_id\nr3\n",
      }),
    );
  });
  const id = await add({
    kind: "gtfs_rt",
    url: `${server.origin}/alerts`,
    namesUrl: `${server.origin}/gtfs.zip`,
    mapping: { line: "line" },
    intervalSeconds: 30,
  });
  expect(await shown(id)).toMatchObject({ names: 3, liveItems: 0, health: { light: "ok" } });
  const alert = {
    id: "a1",
    header: [{ text: "U3 unterbrochen" }],
    entities: [{ route: "r3" }, { stop: "s1" }],
  };
  alerts = [alert];
  await room.pass(40 * SECOND_MS);
  alerts = [{ ...alert, description: [{ text: "Ersatzbusse fahren" }] }];
  await room.pass(40 * SECOND_MS);
  alerts = [];
  for (let round = 0; round < 3; round++) await room.pass(40 * SECOND_MS);
  const notices = await told(id);
  expect(notices.map(({ phase, state, body }) => [phase, state, body.texts.de])).toEqual([
    ["alert", "sending", "U3 unterbrochen"],
    ["update", "sending", "Neuer Stand: U3 unterbrochen\nErsatzbusse fahren"],
    ["all_clear", "sending", "Vorbei: U3 unterbrochen\nErsatzbusse fahren"],
  ]);
  expect(new Set(notices.map(({ story }) => story)).size).toBe(1);
  expect(notices[0]?.body.values).toEqual({ line: ["U3"] });
  const { items } = (await room.call(/What a source said last/, { params: { id } })) as {
    items: { values: Record<string, string[]>; isLive: boolean; parts: number }[];
  };
  expect(items).toMatchObject([
    { isLive: false, parts: 3, values: { stop: ["Barmbek, Nord"], mode: ["subway"] } },
  ]);
  await remove(id);
});

test("a feed tells nothing of what stood there before, and each new article once, as a draft when asked to", async () => {
  let articles = ["a", "b"];
  server.on("/rss", (_, response) =>
    response.end(
      `<rss version="2.0"><channel>${articles.map((name) => `<item><guid>${name}</guid><title>Neu: ${name}</title></item>`).join("")}</channel></rss>`,
    ),
  );
  const id = await add({
    kind: "feed",
    url: `${server.origin}/rss`,
    isAutomatic: false,
    intervalSeconds: 300,
  });
  articles = ["c", "a", "b"];
  for (let round = 0; round < 3; round++) await room.pass(340 * SECOND_MS);
  expect((await told(id)).map(({ title, state }) => [title, state])).toEqual([["Neu: c", "draft"]]);
  expect(await shown(id)).toMatchObject({
    liveItems: 3,
    health: { light: "ok", text: "In Ordnung. Zurzeit gilt: 3." },
  });
  await remove(id);
});

test("an alert without language, one with HTML and one with 5,000 entities become plain notices", async () => {
  let alerts: AlertPlan[] = [];
  server.on("/odd", (_, response) => {
    const timestamp = Math.floor(room.here.clock.now() / SECOND_MS);
    response.end(encodeFeed({ timestamp, alerts }));
  });
  const id = await add({
    kind: "gtfs_rt",
    url: `${server.origin}/odd`,
    mapping: { line: "line" },
    intervalSeconds: 30,
  });
  const entities = Array.from({ length: 5_000 }, (_, at) => ({ route: `r${at}`, stop: `s${at}` }));
  alerts = [
    { id: "1", header: [{ text: "Ohne Sprache" }], entities: [{ route: "r1" }] },
    {
      id: "2",
      header: [{ text: "<b>Mit HTML</b>", language: "de" }],
      description: [{ text: "<p>Eins &amp; zwei</p><script>alert(1)</script>", language: "de" }],
      entities: [{ route: "r2" }],
    },
    { id: "3", header: [{ text: "Mit 5.000 Orten" }], entities },
  ];
  await room.pass(40 * SECOND_MS);
  const notices = await told(id);
  expect(notices.map(({ body }) => body.texts.de)).toEqual([
    "Ohne Sprache",
    "Mit HTML\nEins & zwei",
    "Mit 5.000 Orten",
  ]);
  expect(notices.map(({ body }) => body.values.line?.length)).toEqual([1, 1, 5_000]);
  expect(await shown(id)).toMatchObject({ liveItems: 3, health: { light: "ok" } });
  await remove(id);
});

test("what did not change is not sent again, and an article under a new id stays one", async () => {
  let id = "first";
  let version = 1;
  const answers: number[] = [];
  server.on("/renamed", (request, response) => {
    const isSame = request.headers["if-none-match"] === `"v${version}"`;
    answers.push(isSame ? 304 : 200);
    response.writeHead(isSame ? 304 : 200, { etag: `"v${version}"` });
    const items = [{ id, title: "Eins" }];
    response.end(isSame ? "" : JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items }));
  });
  const source = await add({ kind: "feed", url: `${server.origin}/renamed`, intervalSeconds: 300 });
  await room.pass(340 * SECOND_MS);
  id = "second";
  version = 2;
  for (let round = 0; round < 2; round++) await room.pass(340 * SECOND_MS);
  expect(answers).toEqual([200, 304, 200, 304]);
  const { items } = (await room.call(/What a source said last/, { params: { id: source } })) as {
    items: { id: string }[];
  };
  expect(items.map((one) => one.id)).toEqual(["second"]);
  expect(await told(source)).toEqual([]);
  await remove(source);
});

test("a feed that fails is asked less and less, its light says why, and what was known stays", async () => {
  let asked = 0;
  let isBroken = false;
  server.on("/shaky", (_, response) => {
    asked++;
    if (isBroken) response.writeHead(500).end();
    else response.end('{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"Eins"}]}');
  });
  const id = await add({ kind: "feed", url: `${server.origin}/shaky`, intervalSeconds: 300 });
  expect(asked).toBe(1);
  isBroken = true;
  await room.pass(340 * SECOND_MS);
  expect(await shown(id)).toMatchObject({ liveItems: 1, health: { light: "warn" } });
  // 5, 10, 20, 40, 80 minutes and their jitter: within two hours it is asked five times, not twenty-four.
  for (let minute = 0; minute < 120; minute += 5) await room.pass(300 * SECOND_MS);
  expect(asked).toBeGreaterThanOrEqual(5);
  expect(asked).toBeLessThanOrEqual(7);
  const { health } = await shown(id);
  expect(health).toEqual({
    light: "bad",
    text: "Die Gegenseite hat eine Störung. Was bekannt war, gilt weiter.",
  });
  isBroken = false;
  await room.pass(DAY_MS / 4);
  expect(await shown(id)).toMatchObject({ liveItems: 1, health: { light: "ok" } });
  expect(await told(id)).toEqual([]);
  await remove(id);
});

test("what nobody can read is a light and no story; a source whose topic ended tells nobody", async () => {
  server.on("/page", (_, response) => response.end("<!doctype html><title>Not a feed</title>"));
  const id = await add({ kind: "feed", url: `${server.origin}/page` });
  expect((await shown(id)).health).toEqual({
    light: "bad",
    text: "Was kam, konnte nicht gelesen werden. Was bekannt war, gilt weiter.",
  });
  await room.call(/Change a source/, { params: { id }, body: { isActive: false } });
  expect((await shown(id)).health.light).toBe("off");
  const before = server.requests.length;
  await room.pass(DAY_MS);
  expect(server.requests.filter(({ path }) => path === "/page").length).toBe(1);
  expect(server.requests.length).toBeGreaterThanOrEqual(before);
  await remove(id);
});

test("signs that no table can hold are left out, and the words around them are told", async () => {
  let items: unknown[] = [];
  server.on("/signs", (_, response) =>
    response.end(JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items })),
  );
  const id = await add({ kind: "feed", url: `${server.origin}/signs`, intervalSeconds: 300 });
  items = [
    { id: "a\u0000b", title: "Eins\u0000 \ud800", summary: "\u0007zwei", tags: ["x\u0000", "\udc00"] },
    { id: "\u0000", title: "Ohne Kennung" },
  ];
  await room.pass(340 * SECOND_MS);
  expect((await told(id)).map(({ body }) => body.texts.de)).toEqual(["Eins \ufffd\nzwei"]);
  expect((await shown(id)).health.light).toBe("warn");
  await remove(id);
});

test("what a feed brought while it was paused is no news any more", async () => {
  let items = [{ id: "1", title: "Eins" }];
  server.on("/paused", (_, response) =>
    response.end(JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items })),
  );
  const id = await add({ kind: "feed", url: `${server.origin}/paused`, intervalSeconds: 300 });
  await room.call(/Change a source/, { params: { id }, body: { isActive: false } });
  items = [{ id: "2", title: "Zwei" }, ...items];
  await room.pass(DAY_MS);
  await room.call(/Change a source/, { params: { id }, body: { isActive: true } });
  await room.pass(SECOND_MS);
  expect(await told(id)).toEqual([]);
  items = [{ id: "3", title: "Drei" }, ...items];
  await room.pass(340 * SECOND_MS);
  expect((await told(id)).map(({ title }) => title)).toEqual(["Drei"]);
  await remove(id);
});

test("an address in a private network is refused and says so", async () => {
  const id = await add({ kind: "feed", url: "http://192.168.0.1/feed" });
  expect((await shown(id)).health).toEqual({
    light: "bad",
    text: "Die Adresse führt in ein privates Netz. Von dort wird nichts geholt.",
  });
  await remove(id);
});

test("so many new items at once that the feed must be at fault wait for a person", async () => {
  let items: { id: string; title: string }[] = [];
  server.on("/flood", (_, response) =>
    response.end(JSON.stringify({ version: "https://jsonfeed.org/version/1", items })),
  );
  const id = await add({ kind: "feed", url: `${server.origin}/flood`, intervalSeconds: 300 });
  items = Array.from({ length: 60 }, (_, at) => ({ id: String(at), title: `Titel ${at}` }));
  await room.pass(340 * SECOND_MS);
  const states = (await told(id)).map(({ state }) => state);
  expect(states).toHaveLength(60);
  expect(new Set(states)).toEqual(new Set(["draft"]));
  await remove(id);
});

test("preview shows what an address would bring and stores nothing; reading now is no way around patience", async () => {
  server.on("/cal", (_, response) =>
    response.end(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20990101T100000Z\r\nSUMMARY:Lesung\r\nCATEGORIES:Literatur\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ),
  );
  const preview = await room.call(/Fetch an address now/, {
    body: { kind: "ical", url: `${server.origin}/cal`, language: "de" },
  });
  expect(preview).toMatchObject({
    health: { light: "ok" },
    itemCount: 1,
    problems: [],
    keys: [{ key: "category", example: "Literatur" }],
  });
  const bad = await room.call(/Fetch an address now/, {
    body: { kind: "feed", url: "http://10.0.0.1/", language: "de" },
  });
  expect(bad).toMatchObject({ health: { light: "bad" }, itemCount: 0 });
  const id = await add({ kind: "ical", url: `${server.origin}/cal` });
  expect(await refusal(room.call(/Read a source now/, { params: { id } }))).toBe("too_many_requests");
  room.here.clock.advance(31 * SECOND_MS);
  expect(await room.call(/Read a source now/, { params: { id } })).toMatchObject({
    itemCount: 1,
    stories: 0,
  });
  await remove(id);
});

test("what does not fit its kind is refused: an address, an interval, a topic of another company", async () => {
  const body = {
    name: "x",
    language: "de",
    topicId: room.topicId,
    kind: "feed",
    url: "https://example.org/",
  };
  const create = (more: Record<string, unknown>) =>
    refusal(room.call(/Add a source/, { body: { ...body, ...more } }));
  expect(await create({ url: null })).toBe("bad_request");
  expect(await create({ kind: "csv" })).toBe("bad_request");
  expect(await create({ intervalSeconds: 30 })).toBe("bad_request");
  expect(await create({ namesUrl: "https://example.org/g.zip" })).toBe("bad_request");
  expect(await create({ topicId: 999_999 })).toBe("rule_broken");
  const other = (await room.here.tenant()).id;
  const id = await add({ kind: "api", isAutomatic: false });
  for (const summary of [
    /Change a source/,
    /Remove a source/,
    /Read a source now/,
    /What a source said/,
    /Items by program/,
  ])
    expect(await refusal(room.call(summary, { tenantId: other, params: { id }, body: { items: [] } }))).toBe(
      "not_found",
    );
  await remove(id);
});
