import { expect, test } from "vitest";
import { findDateTime } from "./index.ts";

const now = new Date("2026-11-22T11:00:00Z");
const day = (text: string): string | undefined =>
  findDateTime(text, { now, timeZone: "Europe/Berlin" })?.at.toLocaleDateString("sv", {
    timeZone: "Europe/Berlin",
  });

test.each([
  ["Ich habe am 3. November bestellt", "2026-11-03"],
  ["Am 3.11. bestellt und nichts da", "2026-11-03"],
  ["Ich habe das am Montag bestellt", "2026-11-16"],
  ["I ordered it on 5 December", "2025-12-05"],
  ["I bought it on Monday", "2026-11-16"],
  // Planned, though something past stands beside it.
  ["Ich habe bestellt, kommt es am Montag?", "2026-11-23"],
  ["Können Sie am 3. Dezember liefern, was ich bestellt habe?", "2026-12-03"],
  ["Bitte am 5. Januar anrufen", "2027-01-05"],
  ["am 3. November 2025 gekauft", "2025-11-03"],
])("%s", (text, expected) => expect(day(text)).toBe(expected));
