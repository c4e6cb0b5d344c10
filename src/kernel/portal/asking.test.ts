import fc from "fast-check";
import { expect, it } from "vitest";
import { asksForOwnData } from "./asking.ts";

it.each([
  "Meine Daten",
  "meine daten!",
  "  MEINE   DATEN  ",
  "Bitte zeigen Sie mir meine Daten",
  "Ich möchte meine Daten sehen",
  "was wisst ihr über mich?",
  "Was wissen Sie über mich?",
  "Was weißt du denn über mich",
  "Welche Daten haben Sie über mich gespeichert?",
  "Löschen Sie meine Daten",
  "Datenschutz",
  "Auskunft nach Art. 15 DSGVO",
  "Wer hat meine Daten gesehen?",
  "my data",
  "Please show me my data",
  "Delete all my data",
  "What do you know about me?",
  "privacy",
  "GDPR",
])("%s asks", (text) => {
  expect(asksForOwnData(text)).toBe(true);
});

it.each([
  "",
  "Wo ist meine Bestellung?",
  "Meine Daten sind falsch, ich heiße jetzt Krüger",
  "Eine Frage zum Datenschutz bei Kindern",
  "Ändern sich meine Daten, wenn ich umziehe?",
  "Wie lang ist das Datenkabel?",
  "What do you know about this pan?",
  "My data cable is broken",
])("%s does not", (text) => {
  expect(asksForOwnData(text)).toBe(false);
});

it("no text takes long, whatever stands in it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("bitte ", "meine ", "daten ", "sehen ", "was ", "\u0000", "💬", "auskunft ")),
      (pieces) => {
        const begun = performance.now();
        asksForOwnData(pieces.join(""));
        return performance.now() - begun < 50;
      },
    ),
  );
});
