import type { Reading } from "../dialogue/figure.ts";
import { measureAccepted } from "./accepted.ts";
import { measureAddresses } from "./addresses.ts";
import { measureCities } from "./cities.ts";
import { measureCityOffers } from "./city-offers.ts";
import { measureDropOut } from "./drop-out.ts";
import { measureEvenings, measureFirstAttempt } from "./evenings.ts";
import { measureHttp } from "./http.ts";
import { areInstancesHere, type BenchInstance, instancesIn } from "./instances.ts";
import { measureMemory } from "./memory.ts";
import { measureOffers } from "./offers.ts";
import { measureOverPromises } from "./over-promises.ts";
import { solveWithPeers } from "./peers.ts";
import { measureRunning } from "./running.ts";
import { measureSimulated } from "./simulated.ts";
import { meanGap, percent, type SolvedInstance, solveOnce, worstGap } from "./solving.ts";

/** What the command line asked for. */
export interface Wishes {
  readonly full: boolean;
  readonly peers: boolean;
  readonly seed: number;
  /** How many evenings are simulated instead of the usual number. */
  readonly evenings?: number;
  /** Where the evenings are drawn, as SVG. */
  readonly plot?: string;
  /** Where a page about them is written, as Markdown with a plot beside it. */
  readonly report?: string;
  say(sentence: string): void;
}

/** A line of the table; several may go by one name. */
export interface DeliveryFigure {
  readonly name: string;
  readonly title: string;
  readonly goal: string;
  measure(wishes: Wishes): Promise<Reading>;
}

interface SetOfInstances {
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  readonly seconds: number;
  /** Instances in a sampled run; 0 leaves the line to `--full`. */
  readonly sample: number;
  /** Goals as shares. */
  readonly mean: number;
  readonly worst?: number;
}

const NOT_HERE: Reading = {
  measured: "instances are not beside the repository",
  meets: null,
  values: {},
  notes: [],
};

function setFigure(set: SetOfInstances): DeliveryFigure {
  const goal = set.worst === undefined ? "" : ` / ${percent(set.worst)}`;
  return {
    name: set.name,
    title: `${set.title}, ${set.seconds} s: mean / worst gap to best known`,
    goal: `<= ${percent(set.mean)}${goal}`,
    async measure(wishes) {
      if (!areInstancesHere()) return NOT_HERE;
      const all = instancesIn(set.folder);
      const chosen = wishes.full ? all : sampleOf(all, set.sample);
      if (chosen.length === 0) return { ...NOT_HERE, measured: "takes long: measured with --full" };
      const solved: SolvedInstance[] = [];
      for (const instance of chosen) {
        const one = await solveOnce(instance, { seconds: set.seconds, seed: wishes.seed });
        wishes.say(
          `${one.name}: ${one.cost} (best known ${instance.best}), ${percent(one.gap)}, ${one.iterations} iterations in ${one.cpuSeconds} CPU s, load ${one.load.toFixed(1)}`,
        );
        solved.push(one);
      }
      const peers = wishes.peers ? await peersNote(chosen, solved, { ...wishes, seconds: set.seconds }) : [];
      const [mean, worst] = [meanGap(solved), worstGap(solved)];
      const loads = solved.map(({ load }) => load);
      return {
        measured: `${percent(mean)} / ${percent(worst)} (${chosen.length} of ${all.length})`,
        meets: mean <= set.mean && worst <= (set.worst ?? Number.POSITIVE_INFINITY),
        values: { mean, worst, solved },
        notes: [
          `seed ${wishes.seed}; CPU seconds of one thread, ${solved.reduce((sum, one) => sum + one.cpuSeconds, 0).toFixed(0)} in all; load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
          ...peers,
        ],
      };
    },
  };
}

/** A line for each peer, and one for each instance with all gaps side by side. */
async function peersNote(
  instances: readonly BenchInstance[],
  ours: readonly SolvedInstance[],
  wishes: Wishes & { seconds: number },
): Promise<string[]> {
  const results = await solveWithPeers(instances, wishes);
  if (typeof results === "string") return [results];
  const shown = (gap: number | null | undefined) => (typeof gap === "number" ? percent(gap) : "no plan");
  return [
    ...results.map(({ name, version, gaps }) => {
      const solved = gaps.flatMap((gap) => (gap === null ? [] : [{ gap }]));
      const without = gaps.length - solved.length;
      return `${name} ${version}: ${percent(meanGap(solved))} / ${percent(worstGap(solved))}${without > 0 ? `, ${without} without a plan` : ""}`;
    }),
    `instance | ours | ${results.map(({ name }) => name).join(" | ")}`,
    ...instances.map(
      ({ name }, n) =>
        `${name} | ${shown(ours[n]?.gap)} | ${results.map(({ gaps }) => shown(gaps[n])).join(" | ")}`,
    ),
  ];
}

/** Evenly out of the list, so that every class comes. */
function sampleOf(all: readonly BenchInstance[], count: number): BenchInstance[] {
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, n) => all[Math.floor(((n + 0.5) * all.length) / count)] as BenchInstance,
  );
}

/** A sampled run of all lines keeps within five minutes. */
export const figures: readonly DeliveryFigure[] = [
  setFigure({
    name: "solomon",
    title: "Solomon",
    folder: "solomon",
    seconds: 10,
    sample: 6,
    mean: 0.001,
    worst: 0.006,
  }),
  setFigure({
    name: "solomon",
    title: "Solomon",
    folder: "solomon",
    seconds: 1,
    sample: 27,
    mean: 0.007,
    worst: 0.04,
  }),
  setFigure({
    name: "homberger",
    title: "Homberger 200",
    folder: "homberger/200",
    seconds: 30,
    sample: 2,
    mean: 0.005,
  }),
  setFigure({
    name: "homberger",
    title: "Homberger 400",
    folder: "homberger/400",
    seconds: 60,
    sample: 1,
    mean: 0.015,
  }),
  setFigure({
    name: "homberger",
    title: "Homberger 1000",
    folder: "homberger/1000",
    seconds: 60,
    sample: 0,
    mean: 0.025,
  }),
  setFigure({
    name: "mdvrptw",
    title: "Several depots (mdvrptw)",
    folder: "mdvrptw",
    seconds: 300,
    sample: 0,
    mean: 0.02,
  }),
  {
    name: "offers",
    title: "Offers for 4 windows at 1,000 / 5,000 open stops, per CPU second; p99",
    goal: ">= 100,000 / >= 20,000; <= 50 us at 1,000",
    measure: async () => measureOffers(),
  },
  {
    name: "city",
    title: "Offers for 4 windows at 1,000 open stops with barriers and zones, per CPU second",
    goal: ">= 100,000",
    measure: async () => measureCityOffers(),
  },
  {
    name: "addresses",
    title:
      "Addresses typed by rule: clear ones found / wrong ones found or asked back / another house given; CPU of a search, clear / wrong",
    goal: ">= 99 % / >= 90 % / 0; <= 0.5 / <= 5 ms",
    measure: () => measureAddresses(),
  },
  {
    name: "http",
    title: "Windows of 7 days for an address over HTTP, 200 requests/s, 1,000 stops an evening",
    goal: "p50 <= 2 ms, p99 <= 10 ms",
    measure: ({ say }) => measureHttp(say),
  },
  {
    name: "over-promises",
    title: "Over-promises in a million concurrent random bookings, holds and expiries",
    goal: "0",
    measure: measureOverPromises,
  },
  {
    name: "accepted",
    title: "Accepted of 2,000 requests with 38 couriers, 15 minutes' buffer; CPU per booking",
    goal: ">= 1,850 at <= 10 ms",
    measure: async (wishes) => measureAccepted(wishes),
  },
  {
    name: "evening",
    title: "Window kept, notice's mean error and arrivals inside it, normal / heavy tail",
    goal: ">= 99.7 / >= 99.5 %; <= 2.5 min; >= 99.5 / >= 98 %",
    measure: async (wishes) => measureEvenings(wishes),
  },
  {
    name: "first-attempt",
    title: "First attempt, simulated, at 0.7 % absent (table below)",
    goal: ">= 99 %",
    measure: async (wishes) => measureFirstAttempt(wishes),
  },
  {
    name: "simulate",
    title:
      "Evenings through the whole product, normal / heavy tail: promises no plan held, windows kept and notice beside the engine's",
    goal: "0; as the engine's",
    measure: measureSimulated,
  },
  {
    name: "drop-out",
    title: "Re-plan after a courier drops out, 1,000 stops; endangered promises named",
    goal: "<= 500 ms",
    measure: async (wishes) => measureDropOut(wishes),
  },
  {
    name: "run",
    title:
      "The evening over PostgreSQL, 1,000 stops, 60 rounds: a minute / an event / a drop-out, median and worst",
    goal: "a minute < 100 ms (median); a drop-out <= 500 ms",
    measure: (wishes) => measureRunning(wishes),
  },
  {
    name: "cities",
    title: "28 cities on one node, 30,000 stops an evening: offers, memory",
    goal: "p99 <= 10 ms, <= 2,000 MB",
    measure: measureCities,
  },
  {
    name: "memory",
    title: "Memory at 5,000 open stops",
    goal: "<= 150 MB",
    measure: () => measureMemory(),
  },
];
