import { expect, test } from "vitest";
import type { CityDocument } from "../../../../skills/delivery/api.ts";
import { draftOf, readDraft } from "./city-draft.ts";

const city: CityDocument = {
  id: 3,
  name: "Hamburg",
  timeZone: "Europe/Berlin",
  middle: { lat: 53.55, lon: 9.99 },
  radiusMetres: 12_500,
  circuityPercent: 134,
  speedKmh: 20,
  legSeconds: 25,
  bufferSeconds: 900,
  holdSeconds: 600,
  serviceSeconds: 150,
  currency: "EUR",
  dispatcherPhone: "+49401234567",
  active: true,
  hourMinor: 1_650,
  kilometreMinor: 8,
  compensationMinor: 500,
  proof: "code",
  tries: 2,
  afterFailure: "collect",
  collectDays: 14,
  bicycleGramsPerKm: 0,
  cargoBikeGramsPerKm: 4,
  carGramsPerKm: 141,
  vanGramsPerKm: 0,
  takesBack: true,
  takesBackWords: "Bücher, höchstens ein Karton",
  depots: [{ id: 1, name: "Mitte", place: { lat: 53.55, lon: 9.99 } }],
  zones: [],
  hourlySpeeds: [
    { fromMinute: 960, percent: 60 },
    { fromMinute: 1_140, percent: 100 },
    { fromMinute: 1_500, percent: 90 },
  ],
  windows: [
    { id: 7, weekdays: [1, 2], fromMinute: 1_320, toMinute: 1_500, cutoffMinutes: 120, priceMinor: 490 },
  ],
};

test("what is shown is what is written back, in both languages, over midnight too", () => {
  const { id: _id, ...input } = city;
  for (const language of ["de", "en"] as const) {
    const draft = draftOf(city, language);
    expect(draft.windows[0]).toMatchObject({ from: "22:00", to: "01:00" });
    expect(draft.hours.map(({ from }) => from)).toEqual(["16:00", "19:00", "01:00"]);
    expect(readDraft(draft, language)).toEqual({ city: input });
  }
});

test("every field that cannot be read is named", () => {
  const draft = draftOf(city, "de");
  const [depot] = draft.depots;
  const [window] = draft.windows;
  if (!depot || !window) throw new Error("no depot, no window");
  const read = readDraft(
    {
      ...draft,
      name: " ",
      bufferSeconds: "121",
      dispatcherPhone: "040 1234567",
      hourMinor: "x",
      depots: [{ ...depot, lat: "" }],
      windows: [{ ...window, from: "25:00", weekdays: [] }],
      hours: [
        { key: 1, from: "19:00", percent: "9" },
        { key: 2, from: "18:00", percent: "100" },
        { key: 3, from: "abends", percent: "100" },
      ],
    },
    "de",
  );
  expect("faults" in read && [...read.faults].sort()).toEqual([
    "bufferSeconds",
    "depots.0.lat",
    "dispatcherPhone",
    "hourMinor",
    "hours.0.percent",
    "hours.1.from",
    "hours.2.from",
    "name",
    "windows.0.from",
    "windows.0.weekdays",
  ]);
});
