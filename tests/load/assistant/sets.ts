import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "#kernel";
import type { Example } from "../../../src/skills/service/engine/index.ts";
import { seeded } from "../machine/random.ts";

/** Public question sets; they lie beside the repository, and a clone does not have them. */
const FOLDER = join(import.meta.dirname, "../../../../shared/data/nlu");

export function areSetsHere(): boolean {
  return existsSync(FOLDER);
}

export function readSet(name: string): Example[] {
  const [, ...rows] = readCsv(readFileSync(join(FOLDER, name), "utf8")).records;
  return rows.map(({ fields: [text = "", intent = ""] }) => ({ text, intent }));
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Each letter is dropped, swapped with the next, doubled by another or replaced with this probability. */
export function mistype(text: string, probability: number, random: () => number): string {
  const units = [...text];
  let typed = "";
  const anyLetter = () => LETTERS[Math.floor(random() * LETTERS.length)] ?? "";
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as string;
    if (!/\p{L}/u.test(unit) || random() >= probability) {
      typed += unit;
      continue;
    }
    const kind = Math.floor(random() * 4);
    if (kind === 0) continue;
    if (kind === 1 && i + 1 < units.length) {
      typed += `${units[i + 1]}${unit}`;
      i++;
    } else typed += kind === 2 ? unit + anyLetter() : anyLetter();
  }
  return typed;
}

/** So many examples of each topic, drawn by seed. */
export function draw(rows: readonly Example[], perIntent: number, seed: number): Example[] {
  const random = seeded(seed);
  const order = rows.map((row) => ({ row, place: random() })).sort((a, b) => a.place - b.place);
  const taken = new Map<string, number>();
  return order
    .filter(({ row: { intent } }) => {
      const count = taken.get(intent) ?? 0;
      taken.set(intent, count + 1);
      return count < perIntent;
    })
    .map(({ row }) => row);
}
