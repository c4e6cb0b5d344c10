import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectLanguage, type Language } from "./language.ts";

const SAMPLES: Readonly<Record<Language, readonly string[]>> = {
  de: [
    "Wo ist meine Bestellung?",
    "wann kommt mein paket",
    "Ich möchte meine Adresse ändern",
    "kann ich das umtauschen",
    "Habt ihr auch samstags offen?",
    "was kostet der versand nach hamburg",
    "gutschein funktioniert nicht",
    "Die Lampe ist kaputt angekommen",
    "rechnung bitte nochmal schicken",
    "moin, ist der laden heute offen?",
    "Mein Account wurde gesperrt",
    "Lieferung kam zu spaet",
    "Passwort vergessen, was nun?",
    "Topf 24 cm noch auf Lager?",
    "hab 2x bezahlt",
    "Wie lange dauert die Rückerstattung?",
    "Darf ich den Kassenbon per Mail haben",
    "kündigung newsletter",
    "Nein, das blaue Kissen war gemeint",
    "Fahrer hat nicht geklingelt",
    "Wos is mit da Rechnung, i hob nix kriagt",
    "Ick will dat Jeld zurück",
  ],
  en: [
    "Where is my order?",
    "when does my parcel arrive",
    "I want to change my address",
    "can i exchange this",
    "Are you open on Saturdays?",
    "how much is shipping to hamburg",
    "voucher does not work",
    "The lamp arrived broken",
    "please send the invoice again",
    "is the store open today?",
    "My account was locked",
    "delivery was late",
    "forgot password, what now?",
    "pan 24 cm in stock?",
    "I paid twice",
    "How long does a refund take?",
    "may I have the receipt by mail",
    "unsubscribe from newsletter",
    "No, I meant the blue cushion",
    "driver did not ring the bell",
  ],
};

describe("the language a customer writes in", () => {
  test.each(["de", "en"] as const)("%s is recognised whatever was spoken before", (language) => {
    const other = language === "de" ? "en" : "de";
    const wrong = SAMPLES[language].filter((text) => detectLanguage(text, other) !== language);
    expect(wrong).toEqual([]);
  });

  test.each([
    "HK-20417",
    "ok",
    "Hansekontor",
    "Paket Status",
    "iPhone 15",
    "👍",
    "",
    "12345",
    "Newsletter Login",
  ])("%s says too little and leaves the language as it was", (text) => {
    expect(detectLanguage(text, "de")).toBe("de");
    expect(detectLanguage(text, "en")).toBe("en");
  });

  test("two unmistakable words are enough", () => {
    expect(detectLanguage("guten Tag", "en")).toBe("de");
    expect(detectLanguage("thank you", "de")).toBe("en");
  });

  test("any text has a language", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.constantFrom("de", "en"),
        (text, fallback) => {
          expect(["de", "en"]).toContain(detectLanguage(text, fallback));
        },
      ),
    );
  });

  test("dialect whose words are English ones too keeps a German conversation German", () => {
    expect(detectLanguage("mei packerl is no ned do!", "de")).toBe("de");
  });
});
