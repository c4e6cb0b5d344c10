import { expect, test } from "vitest";
import { readWell } from "./well.ts";

test.each([
  ["Ja", "good", ""],
  ["ja danke", "good", ""],
  ["Alles gut, danke!", "good", ""],
  ["Yes", "good", ""],
  ["Nein", "bad", ""],
  ["Nein, das Paket war nass", "bad", "das Paket war nass"],
  ["No, it came an hour late.", "bad", "it came an hour late."],
  ["Ja, aber der Karton war offen", "bad", "Ja, aber der Karton war offen"],
])("%s is %s", (text, answer, words) => {
  expect(readWell(text)).toEqual({ answer, words });
});

test.each(["Wann können Sie liefern?", "Nordstraße 5, 20099 Hamburg", "Ich brauche noch etwas"])(
  "%s is no answer",
  (text) => expect(readWell(text)).toBeNull(),
);
