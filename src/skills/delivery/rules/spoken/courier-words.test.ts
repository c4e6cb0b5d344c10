import { describe, expect, test } from "vitest";
import { readCourierWords } from "./courier-words.ts";

describe("what a courier writes in a round", () => {
  test.each([
    ["weiter", { says: "next" }],
    ["Nächster Stopp", { says: "next" }],
    ["next", { says: "next" }],
    ["Start", { says: "start" }],
    ["Nicht da!", { says: "not_there" }],
    ["niemand zu Hause", { says: "not_there" }],
    ["Not there", { says: "not_there" }],
    ["Annahme verweigert", { says: "refused" }],
    ["rückgängig", { says: "undo" }],
    ["erledigt", { says: "done", code: null, isOfAge: false }],
    ["übergeben 4271", { says: "done", code: "4271", isOfAge: false }],
    ["Done code 42 71", { says: "done", code: "4271", isOfAge: false }],
    ["erledigt, Alter ok", { says: "done", code: null, isOfAge: true }],
    ["done id checked 0042", { says: "done", code: "0042", isOfAge: true }],
    ["Nachbar Øyvind Petersen", { says: "neighbour", name: "Øyvind Petersen" }],
    ["beim Nachbarn: Familie Çelik", { says: "neighbour", name: "Familie Çelik" }],
    ["neighbour Smith, 2nd floor", { says: "neighbour", name: "Smith, 2nd floor" }],
    ["abgelegt hinter der Tonne", { says: "left", place: "hinter der Tonne" }],
    ["mitgenommen", { says: "took", isTaken: true, why: "" }],
    ["Taken along", { says: "took", isTaken: true, why: "" }],
    ["nicht mitgenommen: zu groß", { says: "took", isTaken: false, why: "zu groß" }],
    ["not taken", { says: "took", isTaken: false, why: "" }],
    ["Stau 15", { says: "delay", minutes: 15 }],
    ["20 Minuten später", { says: "delay", minutes: 20 }],
    ["delay 5 min", { says: "delay", minutes: 5 }],
    ["zurück", { says: "back", isSure: false }],
    ["zurück trotzdem", { says: "back", isSure: true }],
    ["back at the depot", { says: "back", isSure: false }],
    ["Hilfe", { says: "help" }],
  ])("%s", (text, said) => {
    expect(readCourierWords(text)).toEqual(said);
  });

  test.each([
    "",
    "Wann bekomme ich mein Geld?",
    "Ich bin nicht da am Freitag",
    "erledigt ihr das bitte",
    "erledigt 42719",
    "Stau 0",
    "Stau 900",
    "Wo ist der Nachbar Petersen?",
    "Nächster Dienst?  Wann ist der?",
    "zurück kommt das Paket morgen",
  ])("%j goes the way of every message", (text) => {
    expect(readCourierWords(text)).toBeNull();
  });
});
