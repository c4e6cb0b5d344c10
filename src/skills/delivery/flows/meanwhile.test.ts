import { describe, expect, test } from "vitest";
import { decide } from "./index.ts";
import { placeOption } from "./option-ids.ts";
import {
  act,
  booked,
  busy,
  NONE,
  open,
  readTime,
  TALK,
  TIMES,
  talkIn,
  turn,
  WHERE,
  with_,
} from "./turns.fixture.ts";

describe("what is written in pieces", () => {
  const answering = (text: string, doing: ReturnType<typeof busy>) =>
    decide(turn(text, doing), with_(booked), readTime);

  test("the second half of an address is added to the first while that is looked up", () => {
    const first = decide(turn("Lange Reihe 12", open("address")), NONE, readTime);
    const kept = first?.find((one) => one.do === "keep");
    const flow = { flow: { skill: "delivery", flow: "", step: "", data: kept?.data ?? {} } };
    const second = decide(turn("20099 Hamburg", flow), NONE, readTime);
    expect(act(second)).toEqual({ do: "find" });
    expect(talkIn(second)?.heard).toEqual({
      street: "Lange Reihe",
      number: "12",
      postcode: "20099",
      town: "Hamburg",
      note: "",
    });
    expect(second?.find((one) => one.do === "schedule")).toMatchObject({ key: "9" });
  });

  test("a time and an address that come behind the question go into what is looked up", () => {
    const look = busy({ do: "look" });
    expect(act(answering("18 Uhr", look))).toMatchObject({ do: "look", named: TIMES["18 uhr"] });
    const { where: _, ...bare } = TALK;
    expect(act(answering("Lange Reihe 12, 20099 Hamburg", busy({ do: "look" }, bare)))).toEqual({
      do: "find",
    });
  });

  test("thanks and a second yes are taken without a word; a no behind the yes takes it back", () => {
    const booking = busy({ do: "book", deliveryId: 41 });
    for (const text of ["bitte", "Danke!", "ja"])
      expect(answering(text, booking)).toEqual([{ do: "keep", data: booking.flow.data }]);
    expect(act(answering("nein, doch nicht", booking))).toEqual({ do: "release", deliveryId: 41 });
  });

  test("another matter is left to others", () => {
    for (const doing of [{ do: "look" }, { do: "book", deliveryId: 41 }] as const)
      expect(answering("Haben Sie auch Kaffeebohnen?", busy(doing))).toBeNull();
  });
});

describe("while a person is waited for", () => {
  const held = { ...open("held", { ...TALK, deliveryId: 40 }), isWaiting: true as const };

  test("a yes and a no to what is held are heard, and nothing else is", () => {
    expect(act(decide(turn("Ja", held), NONE, readTime))).toEqual({ do: "book", deliveryId: 40 });
    expect(act(decide(turn("Nein danke", held), NONE, readTime))).toEqual({ do: "release", deliveryId: 40 });
    for (const text of ["Wann können Sie liefern?", "hm", "Absagen", "18 Uhr"])
      expect(decide(turn(text, held), with_(booked), readTime)).toBeNull();
    expect(decide(turn("Ja", { isWaiting: true }), with_(booked), readTime)).toBeNull();
  });
});

describe("a button that is typed", () => {
  test("does what it says at the question that showed it, of the delivery that was asked about", () => {
    const other = { ...booked, id: 7 };
    expect(
      act(decide(turn("Ja, buchen", open("held", { ...TALK, deliveryId: 40 })), with_(other), readTime)),
    ).toEqual({ do: "book", deliveryId: 40 });
    for (const text of ["Ja, buchen", "Ja, absagen", "Zum Nachbarn"])
      for (const step of ["window", "address", "place"] as const)
        expect(
          act(decide(turn(text, open(step)), with_(other), readTime))?.do ?? "nothing",
          `${text} at ${step}`,
        ).toMatch(text === "Zum Nachbarn" ? /nothing|note/ : /nothing/);
  });

  test("a place is taken from the list that it stood in, never from another", () => {
    const [one, two] = [WHERE, { ...WHERE, address: "Lange Reihe 12, 20099 Hamburg" }];
    const places = [one, two];
    const step = open("place", { ...TALK, places });
    const chosen = decide(turn("x", step, placeOption(places, 1)), NONE, readTime);
    expect(talkIn(chosen)?.where).toEqual(two);
    const old = decide(turn("x", step, placeOption([two, one], 1)), NONE, readTime);
    expect([act(old), old?.[0]]).toMatchObject([undefined, { do: "ask", step: "place" }]);
    expect(placeOption(places, 5).length).toBeLessThanOrEqual(64);
    const single = open("place", { ...TALK, places: [two] });
    expect(talkIn(decide(turn("Ja, dorthin", single), NONE, readTime))?.where).toEqual(two);
  });
});
