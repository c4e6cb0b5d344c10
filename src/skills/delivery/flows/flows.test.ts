import { describe, expect, test } from "vitest";
import { decide } from "./index.ts";
import { optionId, readTap, windowId } from "./option-ids.ts";
import type { Talk } from "./talk.ts";
import {
  act,
  at,
  booked,
  HOUR,
  NONE,
  NOW,
  open,
  readTime,
  SHOWN,
  said,
  TALK,
  TIMES,
  titles,
  turn,
  windowOf,
  with_,
} from "./turns.fixture.ts";

describe("what is none of ours", () => {
  test("a company that does not deliver, a late message, somebody else's question", () => {
    const ask = turn("Wann können Sie liefern?");
    expect(decide(ask, { ...NONE, isServed: false }, readTime)).toBeNull();
    expect(decide({ ...ask, late: true }, NONE, readTime)).toBeNull();
    expect(decide(turn("Wo bleibt meine Bestellung?"), NONE, readTime)).toBeNull();
    expect(decide(turn("Ja", {}, "telephone:time"), with_(booked), readTime)).toBeNull();
    expect(decide(turn("Wann können Sie liefern?", { isHeld: true }), NONE, readTime)).toBeNull();
    expect(decide(turn("Ja"), NONE, readTime)).toBeNull();
  });

  test("another question in the middle is left to others", () => {
    for (const step of ["address", "window", "held", "cancel"] as const)
      expect(decide(turn("Haben Sie auch Kaffeebohnen?", open(step)), NONE, readTime)).toBeNull();
  });
});

describe("asking for windows", () => {
  test("looks for them at once; English words are answered in English", () => {
    const effects = decide(turn("When can you deliver?"), NONE, readTime);
    expect(act(effects)).toEqual({ do: "look" });
    expect(effects?.[0]).toEqual({ do: "remember", language: "en" });
  });

  test("an address comes in parts, and is then looked up", () => {
    const street = decide(turn("Eppendorfer Weg", open("address")), NONE, readTime);
    expect(said(street)).toContain("Welche Hausnummer?");
    expect(act(decide(turn("Eppendorfer Weg 87, 20259 Hamburg", open("address")), NONE, readTime))).toEqual({
      do: "find",
    });
  });

  test("a pin is taken for the place, and the door is asked for", () => {
    const pin = (talk: Talk) => {
      const content = { type: "location" as const, latitude: 53.57, longitude: 9.96 };
      const one = turn("", open("address", talk));
      return decide({ ...one, message: { ...one.message, content } }, NONE, readTime);
    };
    expect(said(pin(TALK))).toContain("Welche Straße und Hausnummer");
    const heard = { street: "Eppendorfer Weg", number: "87", postcode: "", town: "", note: "" };
    expect(act(pin({ ...TALK, heard }))).toEqual({ do: "find" });
  });

  test("what is no address is asked for again, then a person helps", () => {
    expect(said(decide(turn("hm", open("address")), NONE, readTime))).toContain("keine Adresse erkannt");
    const tired = decide(turn("hm", open("address", { ...TALK, tries: 2 })), NONE, readTime);
    expect(tired?.at(-1)).toMatchObject({
      do: "handOver",
      summary: expect.stringContaining("Wann können Sie liefern?"),
    });
  });
});

describe("choosing a window", () => {
  test.each([
    ["die zweite", SHOWN[1]],
    ["3", SHOWN[2]],
    ["das früheste", SHOWN[0]],
    ["18 Uhr", SHOWN[1]],
  ])("%s holds it", (text, window) => {
    expect(act(decide(turn(text, open("window")), NONE, readTime))).toEqual({ do: "hold", window });
  });

  test.each(["Mittwoch um 18 Uhr kann ich leider nicht", "Not on Wednesday"])(
    "%s names a window and refuses it: nothing is held or moved",
    (text) => {
      for (const talk of [TALK, { ...TALK, deliveryId: 41 }]) {
        const effects = decide(turn(text, open("window", talk)), with_(booked), readTime);
        expect(act(effects)).toBeUndefined();
        expect(effects?.[0]).toMatchObject({ do: "ask", step: "window" });
      }
    },
  );

  test("a question that names a time is somebody else's", () => {
    const text = "Ist Ihr Laden morgen um 18 Uhr offen?";
    expect(decide(turn(text, open("window", { ...TALK, deliveryId: 41 })), NONE, readTime)).toBeNull();
  });

  test("a time that is typed moves nothing that is booked: it is shown, and the tap or the place in the list moves it", () => {
    const moving = open("window", { ...TALK, deliveryId: 41 });
    expect(act(decide(turn("18 Uhr", moving), with_(booked), readTime))).toMatchObject({ do: "look" });
    expect(act(decide(turn("die zweite", moving), with_(booked), readTime))).toEqual({
      do: "move",
      deliveryId: 41,
      window: SHOWN[1],
    });
  });

  test("what fits several is asked back, what none looks further", () => {
    const effects = decide(turn("morgen abend", open("window")), NONE, readTime);
    expect(act(effects)).toEqual({
      do: "look",
      named: { at: at("2026-11-24T16:00"), until: at("2026-11-24T23:00"), hasDay: true, hasTime: true },
    });
    expect(act(decide(turn("weitere Tage", open("window")), NONE, readTime))).toEqual({
      do: "look",
      after: SHOWN[2]?.earliestAt,
    });
  });

  test("a tap holds, also when the talk was about something else since", () => {
    const [window] = SHOWN;
    const id = windowId(window as never);
    expect(id.length).toBeLessThanOrEqual(64);
    expect(act(decide(turn("", open("window"), id), NONE, readTime))).toEqual({ do: "hold", window });
    // Without the address nothing can be held: windows are looked for again.
    expect(act(decide(turn("", {}, id), NONE, readTime))).toEqual({ do: "look" });
  });

  test("a yes books what is held, a no gives it back, an end ends it", () => {
    const held = open("held", { ...TALK, deliveryId: 40, shown: [SHOWN[0] as never] });
    expect(act(decide(turn("Ja bitte", held), NONE, readTime))).toEqual({ do: "book", deliveryId: 40 });
    for (const text of ["Nein danke", "abbrechen"])
      expect(act(decide(turn(text, held), NONE, readTime))).toEqual({ do: "release", deliveryId: 40 });
    expect(said(decide(turn("hm", held), NONE, readTime))).toContain("Dienstag, 24. November, 17 bis 19 Uhr");
  });
});

describe("what is promised", () => {
  test("its status is told with what may be done; overdue goes to a person", () => {
    const effects = decide(turn("Wo bleibt meine Lieferung?"), with_(booked), readTime);
    expect(said(effects)).toBe(
      "Ihre Lieferung ist versprochen: Dienstag, 24. November, 18 bis 20 Uhr, Eppendorfer Weg 87, 20259 Hamburg. Dabei bleibt es.",
    );
    expect(titles(effects)).toEqual(["Verschieben", "Zum Nachbarn", "Absagen"]);
    const late = { ...booked, state: "under_way" as const, earliestAt: NOW - 3 * HOUR, latestAt: NOW - HOUR };
    expect(decide(turn("Wo bleibt meine Lieferung?"), with_(late), readTime)?.at(-1)).toMatchObject({
      do: "handOver",
      summary: expect.stringContaining("Überfällige Lieferung"),
    });
    expect(decide(turn("Wo bleibt meine Lieferung?"), NONE, readTime)).toBeNull();
  });

  test("it is moved to the day that is named", () => {
    expect(act(decide(turn("kann ich auf Mittwoch verschieben"), with_(booked), readTime))).toEqual({
      do: "look",
      named: TIMES["kann ich auf mittwoch verschieben"],
    });
  });

  test("near the door nothing is moved or cancelled any more: a person sees it", () => {
    const near = with_({ ...booked, state: "under_way", isNear: true });
    for (const text of ["kann ich auf Mittwoch verschieben", "Bitte die Lieferung absagen"]) {
      const effects = decide(turn(text), near, readTime);
      expect(act(effects)).toBeUndefined();
      expect(effects?.at(-1)).toMatchObject({ do: "handOver" });
    }
  });

  test("cancelling is asked back, and only the tap, or exactly its words, acts", () => {
    const asked = decide(turn("Bitte die Lieferung absagen"), with_(booked), readTime);
    expect(act(asked)).toBeUndefined();
    expect(titles(asked)).toEqual(["Ja, absagen", "Nicht absagen"]);
    const step = open("cancel", { ...TALK, deliveryId: 41 });
    const yes = decide(turn("ja", step), with_(booked), readTime);
    expect([act(yes), said(yes)]).toEqual([undefined, expect.stringContaining("„Ja, absagen“")]);
    for (const acting of [turn("x", step, optionId("reallycancel", 41)), turn("Ja, absagen", step)])
      expect(act(decide(acting, with_(booked), readTime))).toEqual({ do: "cancel", deliveryId: 41 });
  });

  test("a neighbour is noted with the customer's words, but not where the age is checked", () => {
    const text = "Bitte beim Nachbarn Petersen abgeben";
    expect(act(decide(turn(text), with_(booked), readTime))).toEqual({
      do: "note",
      deliveryId: 41,
      about: "neighbour",
      words: text,
    });
    const tap = decide(turn("", {}, optionId("neighbour", 41)), with_(booked), readTime);
    expect(tap).toMatchObject([{ do: "ask", step: "neighbour" }]);
    const step = open("neighbour", { ...TALK, deliveryId: 41 });
    expect(act(decide(turn("Petersen, 2. Stock", step), with_(booked), readTime))).toMatchObject({
      words: "Petersen, 2. Stock",
    });
    for (const other of ["Meine Rechnung stimmt nicht, bitte rufen Sie mich an", "Dort ist leider niemand"])
      expect(act(decide(turn(other, step), with_(booked), readTime))).toBeUndefined();
    expect(titles(decide(turn("Lieferung absagen", step), with_(booked), readTime))).toContain("Ja, absagen");
    const checked = decide(turn(text), with_({ ...booked, isAgeChecked: true }), readTime);
    expect([act(checked), said(checked)]).toEqual([undefined, expect.stringContaining("Alter")]);
  });

  test("the buttons under the notice of thirty minutes do the same", () => {
    const near = with_({ ...booked, state: "under_way", isNear: true });
    expect(act(decide(turn("Nicht da", {}, optionId("absent", 41)), near, readTime))).toMatchObject({
      do: "note",
      about: "absent",
      words: "Knopf gedrückt",
    });
    expect(act(decide(turn("Ich bin da", {}, optionId("here", 41)), near, readTime))).toMatchObject({
      do: "note",
      about: "home",
    });
  });

  test("of several it is asked which; what is gone is said", () => {
    const two = with_(booked, { ...booked, id: 42, ...windowOf("2026-11-25T18:00") });
    expect(titles(decide(turn("Lieferung absagen"), two, readTime))).toEqual([
      "Di 24.11., 18–20 Uhr",
      "Mi 25.11., 18–20 Uhr",
    ]);
    expect(said(decide(turn("", {}, optionId("change", 41)), NONE, readTime))).toContain(
      "steht nicht mehr aus",
    );
  });
});

test("taps are read as they were written, and nothing else is", () => {
  const window = SHOWN[2] as never;
  expect(readTap(windowId(window, 41))).toEqual({ act: "window", deliveryId: 41, window });
  expect(readTap(optionId("book", 40))).toEqual({ act: "book", id: 40 });
  for (const id of ["delivery:else:1", "delivery:book:x", "business:order:1:1", "delivery:window:1:2:3"])
    expect(readTap(id)).toBeNull();
});

test("the same in du", () => {
  const du = { ...turn("Wo bleibt meine Lieferung?") };
  const effects = decide({ ...du, tenant: { ...du.tenant, formOfAddress: "du" } }, with_(booked), readTime);
  expect(said(effects)).toMatch(/^Deine Lieferung/);
});
