import type { Figure } from "../dialogue/figure.ts";
import { runFigures } from "../run-figures.ts";
import { contracts } from "./contracts.ts";
import { gate } from "./gate.ts";
import { killInTheMiddle } from "./kill.ts";
import { matchAndQueue } from "./match-and-queue.ts";
import { sendingRate } from "./sending-rate.ts";
import { withdrawal } from "./withdrawal.ts";

/** The table of the second issue. */
const figures: readonly Figure[] = [withdrawal, gate, matchAndQueue, sendingRate, killInTheMiddle, contracts];

/** Measures the figures of consent and notices. @returns the exit code: 1 when a figure misses its goal */
export function runNotices(args: readonly string[]): Promise<number> {
  return runFigures("notices", figures, args);
}
