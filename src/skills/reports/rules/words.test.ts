import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { mayMove, type State } from "./states.ts";
import { readTeamWord } from "./team-words.ts";
import { hasNoPhoto, readStart, readYesNo, wantsOut, wantsPerson } from "./wishes.ts";
import { fold, holds, phraseOf, without } from "./words.ts";

describe("folding", () => {
  it.each([
    ["Störung – Straße!", "stoerung strasse"],
    ["  Café\n№ 3 ", "cafe no 3"],
    ["…", ""],
    ["Ａｌｔｏｎａ", "altona"],
  ])("%j is %j", (text, folded) => expect(fold(text)).toBe(folded));

  it("is done after once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it("finds whole words, and longer ones with a star", () => {
    const find = (keyword: string, text: string) => holds(fold(text), phraseOf(keyword) as never);
    expect(find("Stau", "Wieder Stau auf der A7")).toBe(true);
    expect(find("Stau", "Staubsauger kaputt")).toBe(false);
    expect(find("verschmutz*", "Bahnsteig verschmutzt")).toBe(true);
    expect(find("verschmutz*", "unverschmutzt")).toBe(false);
    expect(phraseOf("*")).toBeNull();
    expect(without(fold("Viel Stau, viel Ärger"), phraseOf("Stau") as never)).toBe("viel viel aerger");
    expect(without(fold("sehr verschmutzte Bank"), phraseOf("verschmutz*") as never)).toBe("sehr bank");
  });
});

describe("a team's words", () => {
  it.each([
    ["Angenommen", { act: "accepted", report: null }],
    ["Meldung 12 erledigt", { act: "done", report: 12 }],
    ["#12 ist fertig, danke", { act: "done", report: 12 }],
    ["report 7 done", { act: "done", report: 7 }],
    ["übernehme ich", { act: "accepted", report: null }],
    ["Offene Meldungen", { act: "list", report: null }],
  ])("%s", (text, said) => expect(readTeamWord(text)).toEqual(said));

  it.each([
    "noch nicht fertig",
    "Nicht erledigt",
    "12 und 13 erledigt",
    "12",
    "",
    "ok",
    "Wann ist das erledigt?!",
    "Ich brauche Hilfe bei 12",
  ])("%j is no such word", (text) => expect(readTeamWord(text)).toBeNull());

  it("nothing with a word of its own is one", () => {
    const strange = fc.stringMatching(/^q[a-z]{2,8}$/);
    fc.assert(
      fc.property(fc.constantFrom("erledigt", "angenommen", "done"), strange, (word, other) => {
        expect(readTeamWord(`${other} ${word}`)).toBeNull();
      }),
    );
  });
});

describe("wishes", () => {
  it.each([
    ["Ich möchte etwas melden", "de"],
    ["Kann ich hier einen Schaden melden", "de"],
    ["Meldung", "de"],
    ["I want to report a problem", "en"],
    ["Report something, please", "en"],
    ["Melden Sie sich bitte bei mir", null],
    ["Ich möchte mich krank melden", null],
    ["My report has not arrived", null],
  ] as const)("%s begins in %s", (text, language) => expect(readStart(text)).toBe(language));

  test("cancelling, a person, no picture, yes and no are whole sentences", () => {
    expect(["Abbrechen", "Vergiss es!", "cancel", "Never mind"].every(wantsOut)).toBe(true);
    expect(["Die Bahn musste abbrechen", "Abbruchhaus"].some(wantsOut)).toBe(false);
    expect(["Ich will einen Menschen sprechen", "talk to a real person"].every(wantsPerson)).toBe(true);
    expect(["Am Menschheitsplatz", "Personalausgang"].some(wantsPerson)).toBe(false);
    expect(["Nein", "Kein Foto", "without a photo".replace("a ", ""), "skip"].every(hasNoPhoto)).toBe(true);
    expect(hasNoPhoto("Kein Licht im Tunnel")).toBe(false);
    expect([readYesNo("Ja!"), readYesNo("no, thanks"), readYesNo("ja aber nur heute")]).toEqual([
      "yes",
      "no",
      null,
    ]);
  });
});

it("what has ended never moves again, and nothing goes back", () => {
  const order: Readonly<Record<State, number>> = { new: 0, passed: 1, accepted: 2, done: 3, rejected: 3 };
  const states = Object.keys(order) as State[];
  for (const from of states)
    for (const to of ["passed", "accepted", "done", "rejected"] as const) {
      if (mayMove(from, to)) expect(order[from]).toBeLessThan(order[to]);
      if (order[from] === 3) expect(mayMove(from, to)).toBe(false);
    }
  expect(mayMove("new", "done")).toBe(true);
});
