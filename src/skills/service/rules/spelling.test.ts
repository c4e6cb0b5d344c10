import { describe, expect, test } from "vitest";
import { respell } from "./spelling.ts";

describe("dialect and short messages are written out", () => {
  test.each([
    ["wo is mei Paket", "wo ist mein paket"],
    ["Ham Sie offn?", "haben sie offen?"],
    ["wat kost dat", "was kost das"],
    ["Wann kimmt mei Packerl?", "wann kommt mein paket?"],
    ["I hob no nix kriagt", "ich habe noch nichts kriegt"],
    ["mei Packerl is no ned do!", "mein paket ist noch nicht da"],
    ["habts ihr am sonntag offn", "habt ihr am sonntag offen"],
    ["Ick will mein Jeld zurück", "ich will mein geld zurueck"],
  ])("%s", (text, written) => {
    expect(respell(text, "de")).toBe(written);
  });

  test.each([
    ["wheres me parcel", "where is me parcel"],
    ["can u tell me ur opening hours pls", "can you tell me your opening hours please"],
    ["cannae find ma parcel", "can not find my parcel"],
  ])("%s", (text, written) => {
    expect(respell(text, "en")).toBe(written);
  });

  test("what is written plainly stays, and words of the other language are not touched", () => {
    expect(respell("Wo ist mein Paket?", "de")).toBeUndefined();
    expect(respell("Where is my parcel?", "en")).toBeUndefined();
    expect(respell("is the shop open", "en")).toBeUndefined();
    expect(respell("", "de")).toBeUndefined();
  });
});
