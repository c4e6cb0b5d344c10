import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutText } from "./index.ts";

describe("own words", () => {
  test.each([
    ["Hallo, wann habt ihr offen?", "wann habt ihr offen?"],
    ["hallo wann habt ihr offen", "wann habt ihr offen"],
    ["Hallo zusammen! Wo ist mein Paket?", "Wo ist mein Paket?"],
    ["Guten Tag Frau Petersen, ich möchte umtauschen", "ich möchte umtauschen"],
    ["Hallo ich will stornieren.", "ich will stornieren."],
    ["Sehr geehrte Damen und Herren,\n\nwo bleibt die Rechnung?", "wo bleibt die Rechnung?"],
    ["Dear Sir or Madam,\nwhere is my invoice?", "where is my invoice?"],
    ["Hi there, do you ship to Austria?", "do you ship to Austria?"],
    ["Moin, kurze Frage: nehmt ihr PayPal?", "nehmt ihr PayPal?"],
    ["Ich hätte da mal eine Frage: Wann liefert ihr?", "Wann liefert ihr?"],
    ["Wo ist mein Paket? Danke im Voraus!", "Wo ist mein Paket?"],
    ["Where is my parcel? Thanks in advance", "Where is my parcel?"],
    ["Wo ist mein Paket? LG Tina", "Wo ist mein Paket?"],
    ["Wo ist mein Paket? MfG Hans-Peter Meier", "Wo ist mein Paket?"],
    ["Where is my parcel? Best regards, Tom Baker", "Where is my parcel?"],
    [
      "Wo ist mein Paket?\n\nMit freundlichen Grüßen\nHans Meier\nMusterweg 3\n20095 Hamburg",
      "Wo ist mein Paket?",
    ],
    ["Wo ist mein Paket?\n\n-- \nHans Meier\nGeschäftsführer", "Wo ist mein Paket?"],
    ["Where is it?\n\nSent from my iPhone", "Where is it?"],
    ["Wo ist es denn?\nVon meinem iPhone gesendet", "Wo ist es denn?"],
    [
      "Bitte stornieren.\n\nAm 3. Mai 2026 schrieb Hansekontor <a@b.de>:\n> Ihre Bestellung\n> ist da",
      "Bitte stornieren.",
    ],
    ["Please cancel.\n\nOn 3 May 2026, at 10:11, Shop wrote:\nYour order", "Please cancel."],
    ["> Ihre Bestellung ist unterwegs\nStimmt das?", "Stimmt das?"],
    ["Geht das?\n\n-----Ursprüngliche Nachricht-----\nVon: Shop\nBetreff: Rechnung", "Geht das?"],
    [
      "Umtausch bitte\n\nViele Grüße\nEva\n\nPS: Wann habt ihr auf?",
      "Umtausch bitte\n\n\n Wann habt ihr auf?",
    ],
  ])("%j", (text, own) => {
    expect(cutText(text).own.replace(/\n+\s*/g, "\n")).toBe(own.replace(/\n+\s*/g, "\n"));
  });

  test.each([
    "Hallo",
    "Vielen Dank",
    "Viele Grüße",
    "> nur ein Zitat mit Worten",
    "Danke für die Hilfe",
    "Liebe Grüße aus Kiel",
  ])("%s stays as it is: nothing else was said", (text) => {
    expect(cutText(text).own).toBe(text);
  });

  test.each([
    "Grüße ausrichten ist mein Anliegen",
    "Hi-Fi Anlage defekt",
    "Kann ich mit Karte zahlen",
    "Danke sagen möchte ich dem Fahrer",
    "Liebe auf den ersten Blick, die Lampe ist toll",
    "Best pan you sell?",
  ])("%s loses nothing that it is about", (text) => {
    expect(cutText(text).own.length).toBeGreaterThanOrEqual(text.length - 33);
    expect(cutText(text).own).toMatch(/anliegen|defekt|zahlen|Fahrer|Lampe|pan you sell/i);
  });
});

describe("several questions", () => {
  const parts = (text: string) => cutText(text).parts.map(({ text: part }) => part);

  test.each([
    ["Wann habt ihr offen? Und wo ist mein Paket?", ["Wann habt ihr offen?", "wo ist mein Paket?"]],
    ["wann habt ihr offen und wo ist mein paket", ["wann habt ihr offen", "wo ist mein paket"]],
    ["When are you open and do you take PayPal?", ["When are you open", "do you take PayPal?"]],
    ["Meine Pfanne ist kaputt. Was nun?", ["Meine Pfanne ist kaputt.", "Was nun?"]],
    ["Liefert ihr am 3. Dezember, z. B. um 10.30 Uhr?", ["Liefert ihr am 3. Dezember, z. B. um 10.30 Uhr?"]],
    ["Pfanne und Topf sind nicht da", ["Pfanne und Topf sind nicht da"]],
    ["Was kosten Topf und Deckel?", ["Was kosten Topf und Deckel?"]],
    ["Wo ist Best. Nr. 20417?", ["Wo ist Best. Nr. 20417?"]],
    ["1. Rechnung fehlt\n2. Wann kommt der Rest?", ["1. Rechnung fehlt", "2. Wann kommt der Rest?"]],
  ])("%s", (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  test("a statement is no question, a wish is one", () => {
    const { parts: found } = cutText("Meine Pfanne ist kaputt. Ich möchte mein Geld zurück. Wie geht das");
    expect(found.map(({ isQuestion }) => isQuestion)).toEqual([false, true, true]);
  });
});

test("any text is cut quickly, nothing is invented, and cutting twice changes nothing more than once", () => {
  const unit = fc.constantFrom(
    "Hallo",
    "Wo ist",
    "mein Paket",
    "?",
    ".",
    ",",
    "\n",
    "MfG",
    "Eva",
    "und",
    "wann",
    "Danke",
    ">",
    "--",
    "am 3.",
    "Grüße",
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), (words) => {
      const text = words.join(" ");
      const { own, parts } = cutText(text);
      expect(own.length).toBeLessThanOrEqual(text.length);
      for (const { text: part } of parts) expect(own).toContain(part);
    }),
  );
  const start = performance.now();
  for (const one of ["a ", "\n> x", "Am 3. Mai ", "Hallo ", "und wann ", "Grüße ", "von: x\n"])
    cutText(one.repeat(20_000));
  expect(performance.now() - start).toBeLessThan(600);
});
