import { describe, expect, test } from "vitest";
import { Dialogue, parseFlow, runExamples, startRun, validateFlow } from "./index.ts";

const context = {
  now: Date.parse("2026-11-24T09:00:00Z"),
  timeZone: "Europe/Berlin",
  orderStyle: { prefix: "HK", minDigits: 5, maxDigits: 6 },
  isOpen: true,
  language: "de" as const,
};
const head = `flow f
  title
    de: T
    en: T
  start
    de: Los geht es mit der Retoure
    en: Begin the return
`;
const lookUp = `${head}
slot order: order like HK-20417
slot phone: phone

step begin
  ask order
    de: Nummer?
    en: Number?
  call GET "https://shop.example/orders/{order}"
    read item as item
    failed -> person
  ask phone
    de: Telefon?
    en: Phone?
  choose
    de: {item} zu {order} zurück?
    en: {item} of {order} back?
    option yes -> book
      de: Ja
      en: Yes
    option no -> end
      de: Nein
      en: No

step book
  call POST "https://shop.example/returns"
    send order, item
    failed -> person
  say
    de: Gebucht: {item}.
    en: Booked: {item}.
  -> end
`;

function play(text: string) {
  const { document, faults } = parseFlow(text);
  expect(faults).toEqual([]);
  const dialogue = new Dialogue(document, context);
  return {
    say: (words: string) => dialogue.take({ kind: "customer", text: words }),
    serve: (item: string | null) =>
      dialogue.take({ kind: "service", status: 200, body: JSON.stringify({ item }) }),
    get request() {
      return dialogue.request;
    },
  };
}

const said = (beat: { says: readonly { text: string }[] }) => beat.says.map(({ text }) => text).join(" / ");

describe("a value that is corrected after a service was asked about it", () => {
  test.each(["nein, HK-20418", "ja, aber es ist HK-20418"])(
    "%s: the service is asked again",
    (correction) => {
      const flow = play(lookUp);
      flow.say("los");
      expect(flow.say("HK-20417").standing).toBe("calling");
      flow.serve("Lampe");
      expect(said(flow.say("040 1234567"))).toBe("Lampe zu HK-20417 zurück?");
      const again = flow.say(correction);
      expect([again.standing, again.values]).toEqual([
        "calling",
        { order: "HK-20418", phone: "+49401234567" },
      ]);
      // What the old order held is not said of the new one, not even where the service names nothing.
      expect(said(flow.serve(null))).toBe("… zu HK-20418 zurück?");
      // The telephone number was not asked for again, and can be gone back to.
      expect(flow.say("zurück").at).toEqual({ step: "begin", at: 2 });
    },
  );

  test("a value that no service saw asks no service again", () => {
    const flow = play(lookUp);
    flow.say("los");
    flow.say("HK-20417");
    flow.serve("Lampe");
    flow.say("040 1234567");
    const corrected = flow.say("nein, meine Nummer ist 040 7654321");
    expect([corrected.standing, corrected.values]).toEqual([
      "waiting",
      { order: "HK-20417", item: "Lampe", phone: "+49407654321" },
    ]);
  });

  test("back to a question forgets what a service said of its answer", () => {
    const flow = play(lookUp);
    flow.say("los");
    flow.say("HK-20417");
    flow.serve("Lampe");
    expect(flow.say("zurück").values).toEqual({});
  });
});

describe("a question whose other way leads back to it", () => {
  test("ends with a person instead of being asked for ever", () => {
    const text = `${head}
slot order: order like HK-20417

step begin
  ask order
    de: Nummer?
    en: Number?
    otherwise -> again
  -> end

step again
  say
    de: Noch einmal.
    en: Once more.
  -> begin
`;
    expect(validateFlow(parseFlow(text).document)).toEqual([]);
    const flow = play(text);
    flow.say("los");
    const standings = ["was?", "wie?", "hä?", "nö"].map((words) => flow.say(words).standing);
    expect(standings).toEqual(["waiting", "waiting", "waiting", "person"]);
  });
});

describe("what was said before a flow began", () => {
  test("is not asked for; the latest counts, and the message that begins before all", () => {
    const { document } = parseFlow(lookUp);
    const begin = (text: string, heard: readonly string[]) => {
      const said = { text, optionId: null, request: null, photo: false };
      const { next } = startRun(document, said, { context, heard });
      return next.kind === "call" ? next.state.values : next.kind;
    };
    expect(begin("zurück damit", ["HK-20417 war es", "nein, HK-20418"])).toEqual({ order: "HK-20418" });
    expect(begin("HK-20419 zurück", ["HK-20417"])).toEqual({ order: "HK-20419" });
    expect(begin("zurück damit", [])).toBe("wait");
  });
});

describe("an example", () => {
  const byHour = `${head}
step begin
  if closed -> late
  hand over
    de: Gleich.
    en: Soon.

step late
  say
    de: Morgen.
    en: Tomorrow.
  -> end

example Offen
  language de
  customer: los
  ends: person

example Zu
  language de
  closed
  customer: los
  bot: Morgen
  ends: done
`;
  test.each([true, false])(
    "is played as open unless it says closed, whether it is open now (%s)",
    (isOpen) => {
      const results = runExamples(parseFlow(byHour).document, { ...context, isOpen } as typeof context);
      expect(results.map(({ misses }) => misses)).toEqual([[], []]);
    },
  );
});

describe("a start sentence", () => {
  test.each(["Abbrechen", "Ja", "Mensch", "STOP", "danke", "Abmelden", "Zurück", "Es brennt"])(
    "%s is no flow's: it means something in every conversation",
    (words) => {
      const { document } = parseFlow(lookUp.replace("Los geht es mit der Retoure", words));
      expect(validateFlow(document)).toMatchObject([{ code: "startReserved", values: { words } }]);
    },
  );

  test("of the company's own words is fine", () => {
    expect(validateFlow(parseFlow(lookUp).document)).toEqual([]);
  });
});
