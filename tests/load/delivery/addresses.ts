import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import {
  BOUNDS,
  madeCity,
  RULES,
  rowsOf,
  type TypingRule,
} from "../../../src/skills/delivery/fixtures/typed-wrong.ts";
import { streetKey } from "../../../src/skills/delivery/places/fold.ts";
import type { RawAddress } from "../../../src/skills/delivery/places/gather.ts";
import { unpackHouses } from "../../../src/skills/delivery/places/houses.ts";
import { readAddress } from "../../../src/skills/delivery/places/parse-address.ts";
import { type CityList, searchList } from "../../../src/skills/delivery/places/search.ts";
import { StreetIndex } from "../../../src/skills/delivery/places/street-index.ts";
import type { Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";

/** As many streets as a city of two millions has. */
const STREETS = 9_000;
const TRIES = 400;

interface Counted {
  readonly rule: string;
  readonly isClear: boolean;
  right: number;
  offered: number;
  wrong: number;
  nothing: number;
  /** Of all tries together. */
  cpu_ms: number;
}

/** Types addresses of a made city wrong by rule, and counts what the search makes of them. */
export async function measureAddresses(): Promise<Reading> {
  const random = seeded(6);
  const addresses = madeCity(STREETS, random);
  const rows = rowsOf(addresses);
  const from = cpuSeconds();
  const streets = new StreetIndex(rows.map((row, n) => ({ ...row, n })));
  const indexed = cpuSeconds() - from;
  const houses: CityList["houses"] = (wanted) =>
    Promise.resolve(new Map(wanted.map((n) => [n, unpackHouses(rows[n]?.houses ?? Buffer.of(0))])));
  const list = { streets, houses };
  const keys = new Set(addresses.map(({ street }) => streetKey(street)));
  const counted: Counted[] = [];
  for (const rule of RULES) counted.push(await count(rule, { list, addresses, keys, random }));
  const share = (isClear: boolean, of: (one: Counted) => number) => {
    const chosen = counted.filter((one) => one.isClear === isClear);
    return chosen.reduce((sum, one) => sum + of(one), 0) / (chosen.length * TRIES);
  };
  const wrong = counted.reduce((sum, one) => sum + one.wrong, 0);
  const clear = share(true, ({ right }) => right);
  const slipped = share(false, ({ right, offered }) => right + offered);
  const mean_ms = (isClear: boolean) => share(isClear, ({ cpu_ms }) => cpu_ms);
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  return {
    measured: `${percent(clear)} / ${percent(slipped)} / ${wrong}; ${mean_ms(true).toFixed(2)} / ${mean_ms(false).toFixed(2)} ms`,
    meets: wrong === 0 && clear >= 0.99 && slipped >= 0.9 && mean_ms(true) <= 0.5 && mean_ms(false) <= 5,
    values: { counted, clear_ms: mean_ms(true), wrong_ms: mean_ms(false), streets: streets.size, indexed },
    notes: [
      ...counted.map(
        ({ rule, right, offered, wrong: missed, nothing }) =>
          `${rule}: found ${right}, asked back with the right one ${offered}, another house ${missed}, nothing ${nothing} of ${TRIES}`,
      ),
      `${streets.size} names and ${addresses.length} houses; indexed in ${(1_000 * indexed).toFixed(0)} ms CPU; mean CPU time of a search that is clear and of one that is wrong, in process, with the list's houses in memory; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    ],
  };
}

async function count(
  rule: TypingRule,
  {
    list,
    addresses,
    keys,
    random,
  }: {
    list: CityList;
    addresses: readonly RawAddress[];
    keys: ReadonlySet<string>;
    random: () => number;
  },
): Promise<Counted> {
  const counted = {
    rule: rule.name,
    isClear: rule.isClear,
    right: 0,
    offered: 0,
    wrong: 0,
    nothing: 0,
    cpu_ms: 0,
  };
  const from = cpuSeconds();
  for (let n = 0; n < TRIES; n++) {
    const meant = addresses[Math.floor(random() * addresses.length)] as RawAddress;
    const text = rule.type(meant, random);
    const answer = await searchList(list, { text, bounds: BOUNDS });
    const isRight = ({ street, houseNumber }: { street: string; houseNumber: string }) =>
      street === meant.street && houseNumber === meant.houseNumber;
    if (answer.result === "found") {
      // A slip that makes the name of another street is what was typed.
      const isNamed = keys.has(readAddress(text, list.streets.localities)[0]?.key ?? "");
      if (isRight(answer.found.address)) counted.right++;
      else if (!isNamed) counted.wrong++;
    } else if (answer.result === "meant" && answer.choices.some(({ address }) => isRight(address)))
      counted.offered++;
    else counted.nothing++;
  }
  counted.cpu_ms = 1_000 * (cpuSeconds() - from);
  return counted;
}
