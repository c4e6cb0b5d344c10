import { describe, expect, test } from "vitest";
import { type Entry, translator } from "../text/catalogue.ts";
import { business as businessDe } from "./de/business.ts";
import { coin as coinDe } from "./de/coin.ts";
import { colleagues as colleaguesDe } from "./de/colleagues.ts";
import { delivery as deliveryDe } from "./de/delivery.ts";
import { deliveryCard as deliveryCardDe } from "./de/delivery-card.ts";
import { deliverySent as deliverySentDe } from "./de/delivery-sent.ts";
import { deliverySetup as deliverySetupDe } from "./de/delivery-setup.ts";
import { flows as flowsDe } from "./de/flow-editor.ts";
import { intake as intakeDe } from "./de/intake.ts";
import { lookup as lookupDe } from "./de/lookup.ts";
import { notices as noticesDe } from "./de/notices.ts";
import { packs as packsDe } from "./de/packs.ts";
import { teaching as teachingDe } from "./de/teaching.ts";
import { till as tillDe } from "./de/till.ts";
import { week as weekDe } from "./de/week.ts";
import { de as alwaysDe } from "./de.ts";
import { business as businessEn } from "./en/business.ts";
import { coin as coinEn } from "./en/coin.ts";
import { colleagues as colleaguesEn } from "./en/colleagues.ts";
import { delivery as deliveryEn } from "./en/delivery.ts";
import { deliveryCard as deliveryCardEn } from "./en/delivery-card.ts";
import { deliverySent as deliverySentEn } from "./en/delivery-sent.ts";
import { deliverySetup as deliverySetupEn } from "./en/delivery-setup.ts";
import { flows as flowsEn } from "./en/flow-editor.ts";
import { intake as intakeEn } from "./en/intake.ts";
import { lookup as lookupEn } from "./en/lookup.ts";
import { notices as noticesEn } from "./en/notices.ts";
import { packs as packsEn } from "./en/packs.ts";
import { teaching as teachingEn } from "./en/teaching.ts";
import { till as tillEn } from "./en/till.ts";
import { week as weekEn } from "./en/week.ts";
import { en as alwaysEn } from "./en.ts";

const rooms = {
  ...businessDe,
  ...coinDe,
  ...colleaguesDe,
  ...deliveryDe,
  ...deliveryCardDe,
  ...deliverySentDe,
  ...deliverySetupDe,
  ...flowsDe,
  ...intakeDe,
  ...lookupDe,
  ...noticesDe,
  ...packsDe,
  ...teachingDe,
  ...tillDe,
  ...weekDe,
};
const de = { ...alwaysDe, ...rooms };
const en = {
  ...alwaysEn,
  ...businessEn,
  ...coinEn,
  ...colleaguesEn,
  ...deliveryEn,
  ...deliveryCardEn,
  ...deliverySentEn,
  ...deliverySetupEn,
  ...flowsEn,
  ...intakeEn,
  ...lookupEn,
  ...noticesEn,
  ...packsEn,
  ...teachingEn,
  ...tillEn,
  ...weekEn,
};

const wordings = (entry: Entry): string[] => (typeof entry === "string" ? [entry] : Object.values(entry));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const pairs = Object.entries(de as Record<string, Entry>).map(([key, entry]) => ({
  key,
  german: wordings(entry),
  english: wordings((en as Record<string, Entry>)[key] ?? ""),
}));

describe("the desk's sentences", () => {
  test("both languages hold the same keys, none is empty", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(de).sort());
    for (const { key, german, english } of pairs) {
      for (const text of [...german, ...english]) expect(text.trim(), key).not.toBe("");
    }
  });

  test("what comes with a room hides nothing that is always said", () => {
    expect(Object.keys(rooms).filter((key) => key in alwaysDe)).toEqual([]);
    expect(Object.keys(noticesDe).filter((key) => key in teachingDe)).toEqual([]);
  });

  test("every form of a sentence names the same values", () => {
    for (const { key, german, english } of pairs) {
      const named = new Set([...german, ...english].flatMap(places));
      // "One call" may leave out the number that "{count} calls" names.
      named.delete("count");
      for (const text of [...german, ...english]) {
        expect(
          places(text).filter((name) => name !== "count"),
          key,
        ).toEqual([...named].sort());
      }
    }
  });

  test("du is never mixed into Sie, and no sentence shouts or begs", () => {
    for (const { key, german } of pairs) {
      for (const text of german) expect(text, key).not.toMatch(/!|\bleider\b|\bbitte warten\b/i);
    }
    for (const [key, entry] of Object.entries(de as Record<string, Entry>)) {
      if (typeof entry === "string" || !("sie" in entry)) continue;
      expect(entry.sie, key).not.toMatch(/\b(du|dir|dich|dein|deine|deinen)\b/i);
      expect(entry.du, key).not.toMatch(/\b(Sie|Ihnen|Ihr|Ihre|Ihren)\b/);
    }
  });

  test("one and many, Sie and du, and numbers as the language writes them", () => {
    const say = (form: "sie" | "du") => translator({ language: "de", form, catalogue: de });
    expect(say("sie")("row.yourTurn")).toBe("Sie sind dran");
    expect(say("du")("row.yourTurn")).toBe("Du bist dran");
    expect(say("sie")("list.end", { count: 1 })).toBe("Ein Gespräch, mehr sind es nicht.");
    expect(say("sie")("list.end", { count: 1234 })).toBe("1.234 Gespräche, mehr sind es nicht.");
    expect(say("sie").maybe("problem.unheard_of.kind")).toBeNull();
  });
});
