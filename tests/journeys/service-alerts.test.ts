import { afterAll, beforeAll, expect, test } from "vitest";
import { type AlertPlan, encodeFeed } from "../../src/skills/notices/fixtures/gtfs-encoder.ts";
import { type SourceServer, startSourceServer } from "../../src/skills/notices/fixtures/source-server.ts";
import { zip } from "../../src/skills/notices/fixtures/zip.ts";
import { type NoticesWorld, noticesWorld } from "./notices-world.ts";

/**
 * A transport company's own files, from alert to all-clear, to two thousand phones. The files are written by an encoder
 * that shares no code with the reader.
 */

const U3 = 1_200;
const U6 = 600;
const EVERYTHING = 200;
const ROUTES = "route_id,route_short_name,route_type\n100,U1,402\n300,U3,402\n600,U6,402\n";

let server: SourceServer;
let here: NoticesWorld;
let alerts: AlertPlan[] = [];
beforeAll(async () => {
  server = await startSourceServer();
  server.on("/gtfs.zip", (_, response) =>
    response.end(zip({ "routes.txt": ROUTES, "stops.txt": "stop_id,stop_name\nb,Barmbek\n" })),
  );
  here = await noticesWorld({ sourceHosts: [server.host] });
  server.on("/alerts.pb", (_, response) =>
    response.end(encodeFeed({ timestamp: Math.floor(here.world.clock.now() / 1_000), alerts })),
  );
});
afterAll(async () => {
  await here?.close();
  await server?.close();
});

/** Phones by the line they chose; every tenth reads English. */
async function subscribe(topicId: number): Promise<Map<string, "de" | "en">> {
  const wishes = [
    ...Array.from({ length: U3 }, () => ["U3"]),
    ...Array.from({ length: U6 }, () => ["U6"]),
    ...Array.from({ length: EVERYTHING }, () => undefined),
  ];
  const concerned = new Map<string, "de" | "en">();
  for (let from = 0; from < wishes.length; from += 20)
    await Promise.all(
      wishes.slice(from, from + 20).map(async (line, at) => {
        const to = `phone-${from + at}`;
        const language = (from + at) % 10 === 0 ? "en" : "de";
        if (line?.[0] !== "U6") concerned.set(to, language);
        await here.subscriber({ topicId, to, language, ...(line ? { choice: { values: { line } } } : {}) });
      }),
    );
  return concerned;
}

const minute = () => here.run(1).then(() => here.world.clock.advance(60_000));

test("alert, update and all-clear of one disruption reach the two thirds whom it concerns, each once, in their language and order", async () => {
  const topicId = await here.topic();
  const concerned = await subscribe(topicId);
  const { id } = await here.call(/Add a source/, {
    body: {
      name: "Störungen der Hafenbahn",
      kind: "gtfs_rt",
      url: `${server.origin}/alerts.pb`,
      namesUrl: `${server.origin}/gtfs.zip`,
      language: "de",
      topicId,
      isAutomatic: true,
      mapping: { line: "line" },
      intervalSeconds: 30,
    },
  });
  await minute();
  const disruption: AlertPlan = {
    id: "4711",
    header: [
      { text: "U3 unterbrochen", language: "de" },
      { text: "U3 interrupted", language: "en" },
    ],
    entities: [{ route: "300" }],
    effect: 1,
  };
  alerts = [disruption];
  await minute();
  await minute();
  // The same words under another id, and a second line's alert that nobody here has chosen.
  alerts = [
    { ...disruption, id: "4712" },
    { id: "1", header: [{ text: "U1: Aufzug" }], entities: [{ route: "100" }] },
  ];
  await minute();
  alerts = [{ ...disruption, id: "4712", description: [{ text: "<p>Ersatzbusse</p>" }] }, ...alerts.slice(1)];
  await minute();
  alerts = alerts.slice(1);
  for (let round = 0; round < 3; round++) await minute();
  // Three parts for those concerned, and one about the U1 for those who want everything.
  const total = 3 * concerned.size + EVERYTHING;
  for (let seconds = 0; seconds < 60 && here.phones.sent.length < total; seconds++) await here.run(1);
  expect(here.phones.sent.length).toBe(total);

  const got = Map.groupBy(here.phones.sent, ({ to }) => to);
  const wordsOf = (to: string) =>
    (got.get(to) ?? [])
      .map(({ content }) => ("text" in content ? (content.text ?? "") : ""))
      .filter((text) => !text.includes("U1"));
  const expected = {
    de: [
      "U3 unterbrochen",
      "Neuer Stand: U3 unterbrochen\nErsatzbusse",
      "Vorbei: U3 unterbrochen\nErsatzbusse",
    ],
    en: ["U3 interrupted", "Update: U3 interrupted", "Over: U3 interrupted"],
  };
  const wrong = [...concerned].filter(
    ([to, language]) => JSON.stringify(wordsOf(to)) !== JSON.stringify(expected[language]),
  );
  expect(wrong.slice(0, 3).map(([to, language]) => [to, language, wordsOf(to)])).toEqual([]);
  expect(concerned.size).toBe(U3 + EVERYTHING);
  const others = [...got.keys()].filter((to) => !concerned.has(to));
  expect(others).toEqual([]);
  const { items } = (await here.call(/Sources of notices/)) as {
    items: { id: number; health: { light: string } }[];
  };
  expect(items.find((one) => one.id === id)?.health.light).toBe("ok");
}, 300_000);

test("an alert that a program sends is on its way when the call is answered, before the feeder's next look", async () => {
  const topicId = await here.topic({ slug: "other-lines" });
  await here.subscriber({ topicId, to: "quick", choice: { values: { line: ["U1"] } } });
  const { id } = await here.call(/Add a source/, {
    body: {
      name: "Leitstelle",
      kind: "api",
      language: "de",
      topicId,
      isAutomatic: true,
      mapping: { line: "line" },
    },
  });
  const items = [{ id: "1", title: "U1 steht", values: { line: ["U1"] } }];
  expect(await here.call(/Items by program/, { params: { id }, body: { items } })).toMatchObject({
    stories: 1,
  });
  const { rows } = await here.world.kernel.db.node.query(
    "select content->>'text' as text from kernel.outbox where tenant_id = $1 and reply_address = 'quick' union all select content->>'text' from kernel.message m where m.tenant_id = $1 and m.content->>'text' = 'U1 steht'",
    [here.tenantId],
  );
  expect(rows.map((row) => row.text)).toContain("U1 steht");
});
