import { expect, test } from "vitest";
import { encodeFeed, type FeedPlan } from "../../fixtures/gtfs-encoder.ts";
import { readAlerts } from "./gtfs-alerts.ts";
import { withNames } from "./gtfs-names.ts";

/** 2026-11-24T09:00:00Z */
const NOW_S = 1_795_510_800;
const setting = { language: "de", timeZone: "Europe/Berlin", now: NOW_S * 1000 } as const;
const read = (plan: Partial<FeedPlan>) =>
  readAlerts(encodeFeed({ timestamp: NOW_S, alerts: [], ...plan }), setting);

test("an alert is read with its words in both languages, its lines, stops, times and reason", () => {
  const { items, problems, isComplete } = read({
    alerts: [
      {
        id: "a1",
        header: [
          { text: "U3 unterbrochen", language: "de" },
          { text: "U3 interrupted", language: "en-GB" },
        ],
        description: [{ text: "Zwischen Barmbek und Kellinghusenstraße", language: "de-DE" }],
        url: "https://example.org/u3",
        periods: [{ start: NOW_S - 600, end: NOW_S + 3600 }],
        entities: [
          { route: "r-u3", routeType: 1 },
          { stop: "s-barmbek" },
          { tripRoute: "r-u3" },
          { agency: "hha" },
        ],
        cause: 9,
        effect: 1,
      },
    ],
  });
  expect(problems).toEqual([]);
  expect(isComplete).toBe(true);
  expect(items).toEqual([
    {
      id: "a1",
      title: { de: "U3 unterbrochen", en: "U3 interrupted" },
      text: { de: "Zwischen Barmbek und Kellinghusenstraße", en: null },
      link: "https://example.org/u3",
      publishedAt: null,
      startsAt: (NOW_S - 600) * 1000,
      endsAt: (NOW_S + 3600) * 1000,
      values: {
        route_id: ["r-u3"],
        stop_id: ["s-barmbek"],
        agency_id: ["hha"],
        mode: ["subway"],
        cause: ["maintenance"],
        effect: ["no_service"],
      },
      isCancelled: false,
    },
  ]);
});

test("an alert without language is in the source's own language", () => {
  const { items, problems } = read({ alerts: [{ id: "a", header: [{ text: "Bus hält nicht" }] }] });
  expect(items[0]?.title).toEqual({ de: "Bus hält nicht", en: null });
  expect(problems).toEqual([]);
});

test("an alert in a language that nobody here reads is taken as it is, and named", () => {
  const { items, problems } = read({
    alerts: [{ id: "a7", header: [{ text: "Linie arrêtée", language: "fr" }] }],
  });
  expect(items[0]?.title).toEqual({ de: "Linie arrêtée", en: null });
  expect(problems).toEqual([{ code: "other_language", place: "a7 fr" }]);
});

test("an alert with HTML becomes text, and nothing of a script stays", () => {
  const html =
    "<p>Die <b>U3</b> f&auml;hrt<br>nicht &lt; 5&nbsp;min.</p><script>alert(1)</script><ul><li>SEV</li></ul>";
  const { items } = read({
    alerts: [{ id: "a", header: [{ text: "<h1>U3</h1>" }], description: [{ text: html }] }],
  });
  expect(items[0]?.title.de).toBe("U3");
  expect(items[0]?.text.de).toBe("Die U3 fährt\nnicht < 5 min.\n\n- SEV");
});

test("an alert with 5,000 entities is read whole and named without repeating a station", () => {
  const entities = Array.from({ length: 5_000 }, (_, at) => ({ stop: `stop-${at}` }));
  const { items, problems } = read({ alerts: [{ id: "a", header: [{ text: "Netz gestört" }], entities }] });
  const [item] = items;
  expect(item?.values.stop_id).toHaveLength(5_000);
  expect(problems).toEqual([]);
  const book = new Map(
    entities.map(({ stop }, at) => [`stop ${stop}`, { name: `Halt ${at % 700}`, mode: "" }]),
  );
  expect(item && withNames(item, book).values.stop).toHaveLength(700);
});

test("a route and a stop get their names; without one they go by their id", () => {
  const { items } = read({
    alerts: [{ id: "a", header: [{ text: "x" }], entities: [{ route: "1" }, { route: "2" }] }],
  });
  const book = new Map([["route 1", { name: "U3", mode: "subway" }]]);
  expect(items[0] && withNames(items[0], book).values).toEqual({
    route_id: ["1", "2"],
    line: ["U3", "2"],
    mode: ["subway"],
  });
});

test("of several periods the one that runs counts, then the next, then the last", () => {
  const period = (from: number, to: number) => ({ start: NOW_S + from * 3600, end: NOW_S + to * 3600 });
  const spanOf = (...periods: { start: number; end: number }[]) => {
    const [item] = read({ alerts: [{ id: "a", header: [{ text: "x" }], periods }] }).items;
    return [item?.startsAt, item?.endsAt].map((ms) => ((ms ?? 0) / 1000 - NOW_S) / 3600);
  };
  expect(spanOf(period(24, 26), period(-1, 2), period(-26, -24))).toEqual([-1, 2]);
  expect(spanOf(period(48, 50), period(24, 26), period(-26, -24))).toEqual([24, 26]);
  expect(spanOf(period(-48, -46), period(-26, -24))).toEqual([-26, -24]);
});

test("a differential feed is not complete and says what is over", () => {
  const { items, ended, isComplete } = read({
    isDifferential: true,
    alerts: [{ id: "a1", isDeleted: true }],
  });
  expect({ items, ended, isComplete }).toEqual({ items: [], ended: ["a1"], isComplete: false });
});

test("a feed that stood still for hours says so", () => {
  const { problems } = read({ timestamp: NOW_S - 7_300 });
  expect(problems).toEqual([{ code: "stale", place: "2026-11-24T06:58:20.000Z" }]);
});

test("broken bytes are refused whole: cut off, another format, rubbish, nothing", () => {
  const whole = encodeFeed({ timestamp: NOW_S, alerts: [{ id: "a", header: [{ text: "Halt" }] }] });
  const bad = [
    whole.subarray(0, whole.length - 3),
    Buffer.from("<html><body>404</body></html>"),
    Buffer.alloc(0),
  ];
  for (const bytes of [...bad, Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(64, 0x80)])
    expect(readAlerts(bytes, setting)).toMatchObject({ isBroken: true, items: [] });
});

test("random bytes never throw", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed;
  };
  for (let round = 0; round < 2_000; round++) {
    const bytes = Buffer.from(Array.from({ length: random() % 60 }, () => random() % 256));
    expect(() => readAlerts(bytes, setting)).not.toThrow();
  }
});
