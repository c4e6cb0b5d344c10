import { InstanceFault } from "../instance-fault.ts";
import { FOREVER } from "../problem.ts";
import { explicitDistances } from "./edge-weights.ts";
import type { Instance } from "./instance.ts";
import { euclid, toNumber } from "./numbers.ts";
import { couplesOf } from "./pairs.ts";
import { type Entries, entriesOf } from "./vrplib-entries.ts";

/** What these say has no bearing on a plan. */
const WORDS = ["NAME", "COMMENT", "TYPE"];
const KEYS = [
  ...WORDS,
  "DIMENSION",
  "VEHICLES",
  "CAPACITY",
  "VEHICLES_MAX_DURATION",
  "SERVICE_TIME",
  "EDGE_WEIGHT_TYPE",
  "EDGE_WEIGHT_FORMAT",
  "NODE_COORD_TYPE",
];
const SECTIONS = [
  "NODE_COORD_SECTION",
  "EDGE_WEIGHT_SECTION",
  "DEMAND_SECTION",
  "SERVICE_TIME_SECTION",
  "TIME_WINDOW_SECTION",
  "VEHICLES_DEPOT_SECTION",
  "DEPOT_SECTION",
  "PICKUP_AND_DELIVERY_SECTION",
];
const TYPES = ["CVRP", "ACVRP", "VRP", "VRPTW", "MDVRP", "MDVRPTW", "DCVRP", "PDPTW"];
/** What PICKUP_AND_DELIVERY_SECTION says itself may not stand elsewhere too. */
const SAID_WITH_PAIRS = ["DEMAND_SECTION", "TIME_WINDOW_SECTION", "SERVICE_TIME_SECTION"];

/**
 * Reads VRPLIB text (`.vrp`) with coordinates or EDGE_WEIGHT, windows, service, capacity, VEHICLES_MAX_DURATION and
 * several depots, whose vehicles VEHICLES_DEPOT_SECTION names. Nodes are numbered as in the file. For `TYPE: PDPTW`
 * PICKUP_AND_DELIVERY_SECTION says demand, window, service time, pick-up and delivery of each node (as in LKH-3).
 * @throws InstanceFault naming the key or line: what is not understood is refused, never left out
 */
export function readVrplib(text: string): Instance {
  const entries = entriesOf(text, { keys: KEYS, sections: SECTIONS });
  const dimension = wholeOf(entries, "DIMENSION");
  if (dimension === undefined) throw new InstanceFault("DIMENSION is missing.");
  const type = entries.keys.get("TYPE") ?? "CVRP";
  if (!TYPES.includes(type)) throw new InstanceFault(`TYPE ${type} is none of ${TYPES.join(", ")}.`);
  const depots = depotsOf(entries, dimension);
  const { pairs, ...said } = columnsOf(entries, dimension, depots);
  refuseBadTimes(said, { depots, pairs });
  return {
    labels: said.demand.map((_, place) => place + 1),
    depots,
    ...distancesOf(entries, dimension),
    ...said,
    vehicles: vehiclesOf(entries, depots, dimension),
    pairs,
  };
}

type Columns = Pick<Instance, "demand" | "service" | "earliest" | "latest">;
type Couples = NonNullable<Instance["pairs"]>;

function columnsOf(
  entries: Entries,
  dimension: number,
  depots: readonly number[],
): Columns & { readonly pairs: Couples } {
  if (entries.sections.has("PICKUP_AND_DELIVERY_SECTION")) return pairedColumns(entries, dimension);
  if (entries.keys.get("TYPE") === "PDPTW")
    throw new InstanceFault("PICKUP_AND_DELIVERY_SECTION is missing beside TYPE PDPTW.");
  const demand = column(entries, "DEMAND_SECTION", dimension) ?? zeros(dimension);
  const common = numberOf(entries, "SERVICE_TIME") ?? 0;
  const service =
    column(entries, "SERVICE_TIME_SECTION", dimension) ??
    demand.map((_, place) => (depots.includes(place) ? 0 : common));
  const windows = table(entries, "TIME_WINDOW_SECTION", { dimension, width: 2 });
  const earliest = windows?.map(([from = 0]) => from) ?? zeros(dimension);
  const latest = windows?.map(([, to = 0]) => to) ?? demand.map(() => FOREVER);
  return { demand, service, earliest, latest, pairs: [] };
}

/** Each row: node, demand, earliest, latest, service time, pick-up, delivery; siblings are nodes, 0 for none. */
function pairedColumns(entries: Entries, dimension: number): Columns & { readonly pairs: Couples } {
  if (entries.keys.get("TYPE") !== "PDPTW")
    throw new InstanceFault("PICKUP_AND_DELIVERY_SECTION is understood beside TYPE PDPTW only.");
  const twice = SAID_WITH_PAIRS.find((name) => entries.sections.has(name));
  if (twice) throw new InstanceFault(`${twice} stands beside PICKUP_AND_DELIVERY_SECTION: which counts?`);
  if (entries.keys.has("SERVICE_TIME"))
    throw new InstanceFault("SERVICE_TIME stands beside PICKUP_AND_DELIVERY_SECTION: which counts?");
  const rows = table(entries, "PICKUP_AND_DELIVERY_SECTION", { dimension, width: 6 }) ?? [];
  const sibling = (node: number, place: number) => {
    if (!Number.isInteger(node) || node < 0 || node > dimension)
      throw new InstanceFault(`Node ${place + 1} names ${node} as its sibling; 1 to ${dimension} exist.`);
    return node - 1;
  };
  return {
    demand: rows.map(([demand = 0]) => demand),
    earliest: rows.map(([, from = 0]) => from),
    latest: rows.map(([, , to = 0]) => to),
    service: rows.map(([, , , service = 0]) => service),
    pairs: couplesOf(
      rows.map(([demand = 0, , , , pickup = 0, delivery = 0], place) => ({
        label: place + 1,
        demand,
        pickup: sibling(pickup, place),
        delivery: sibling(delivery, place),
      })),
    ),
  };
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

function distancesOf(entries: Entries, dimension: number): Pick<Instance, "distance" | "areDistancesWhole"> {
  const type = entries.keys.get("EDGE_WEIGHT_TYPE");
  const coordinates = table(entries, "NODE_COORD_SECTION", { dimension, width: 2 });
  if (type === "EXPLICIT") return explicitDistances(entries, dimension);
  if (type !== "EUC_2D" && type !== "EXACT_2D")
    throw new InstanceFault(
      `EDGE_WEIGHT_TYPE ${type ?? "is missing; it"} is none of EUC_2D, EXACT_2D, EXPLICIT.`,
    );
  if (entries.sections.has("EDGE_WEIGHT_SECTION"))
    throw new InstanceFault(`EDGE_WEIGHT_SECTION stands beside EDGE_WEIGHT_TYPE ${type}: which counts?`);
  if (!coordinates) throw new InstanceFault("NODE_COORD_SECTION is missing.");
  return {
    distance: euclid(
      coordinates.map(([x = 0]) => x),
      coordinates.map(([, y = 0]) => y),
    ),
    areDistancesWhole: false,
  };
}

function depotsOf(entries: Entries, dimension: number): number[] {
  const rows = entries.sections.get("DEPOT_SECTION");
  if (!rows) throw new InstanceFault("DEPOT_SECTION is missing.");
  const words = rows.flatMap(({ words }) => words);
  const end = words.indexOf("-1");
  const depots = (end < 0 ? words : words.slice(0, end)).map((word) => toNumber(word, "DEPOT_SECTION") - 1);
  if (depots.length === 0) throw new InstanceFault("DEPOT_SECTION names no depot.");
  for (const depot of depots)
    if (!Number.isInteger(depot) || depot < 0 || depot >= dimension)
      throw new InstanceFault(`DEPOT_SECTION names node ${depot + 1}, which does not exist.`);
  if (new Set(depots).size < depots.length) throw new InstanceFault("DEPOT_SECTION names a depot twice.");
  return depots;
}

function vehiclesOf(entries: Entries, depots: readonly number[], dimension: number): Instance["vehicles"] {
  const capacity = wholeOf(entries, "CAPACITY") ?? FOREVER;
  const maxDuration = numberOf(entries, "VEHICLES_MAX_DURATION") ?? FOREVER;
  const vehicles = wholeOf(entries, "VEHICLES");
  const section = entries.sections.has("VEHICLES_DEPOT_SECTION");
  if (!section && depots.length > 1)
    throw new InstanceFault(
      `There are ${depots.length} depots: VEHICLES_DEPOT_SECTION must say whose vehicles are where.`,
    );
  if (!section)
    return [{ count: vehicles ?? dimension - 1, depot: depots[0] as number, capacity, maxDuration }];
  if (vehicles === undefined) throw new InstanceFault("VEHICLES is missing beside VEHICLES_DEPOT_SECTION.");
  const homes = column(entries, "VEHICLES_DEPOT_SECTION", vehicles) ?? [];
  const stray = homes.find((home) => !depots.includes(home - 1));
  if (stray !== undefined)
    throw new InstanceFault(`VEHICLES_DEPOT_SECTION names node ${stray}, which is no depot.`);
  return depots
    .map((depot) => ({
      count: homes.filter((home) => home - 1 === depot).length,
      depot,
      capacity,
      maxDuration,
    }))
    .filter(({ count }) => count > 0);
}

function refuseBadTimes(
  columns: Columns,
  { depots, pairs }: { depots: readonly number[]; pairs: Couples },
): void {
  const deliveries = new Set(pairs.map(({ delivery }) => delivery));
  const paired = pairs
    .flatMap(({ pickup, delivery }) => [pickup, delivery])
    .find((place) => depots.includes(place));
  if (paired !== undefined)
    throw new InstanceFault(`Node ${paired + 1} is a depot: it is no pick-up and no delivery of a pair.`);
  for (const [name, values] of Object.entries(columns))
    values.forEach((value, place) => {
      if (value < 0 && !(name === "demand" && deliveries.has(place)))
        throw new InstanceFault(`The ${name} of node ${place + 1} is ${value}: less than nothing.`);
    });
  columns.demand.forEach((value, place) => {
    const [from = 0, to = 0] = [columns.earliest[place], columns.latest[place]];
    if (from > to)
      throw new InstanceFault(`The window of node ${place + 1} ends (${to}) before it begins (${from}).`);
    if (!Number.isInteger(value))
      throw new InstanceFault(`The demand of node ${place + 1} is no whole number.`);
    if (depots.includes(place) && (value !== 0 || columns.service[place] !== 0))
      throw new InstanceFault(`Node ${place + 1} is a depot: its demand and its service time are 0.`);
  });
}

function numberOf(entries: Entries, key: string): number | undefined {
  const text = entries.keys.get(key);
  if (text === undefined) return undefined;
  const value = toNumber(text, key);
  if (value < 0) throw new InstanceFault(`${key} is ${value}: less than nothing.`);
  return value;
}

function wholeOf(entries: Entries, key: string): number | undefined {
  const value = numberOf(entries, key);
  if (value !== undefined && (!Number.isInteger(value) || value === 0))
    throw new InstanceFault(`${key} is ${value}; it must be a whole number above 0.`);
  return value;
}

function column(entries: Entries, section: string, dimension: number): number[] | undefined {
  return table(entries, section, { dimension, width: 1 })?.map(([value = 0]) => value);
}

/** The rows of a section, sorted by their node; each node from 1 to `dimension` has one. */
function table(
  entries: Entries,
  section: string,
  { dimension, width }: { dimension: number; width: number },
): number[][] | undefined {
  const rows = entries.sections.get(section);
  if (!rows) return undefined;
  const found = new Map<number, number[]>();
  for (const { line, words } of rows) {
    const [node = 0, ...values] = words.map((word) => toNumber(word, `line ${line} (${section})`));
    if (values.length !== width)
      throw new InstanceFault(
        `Line ${line} (${section}) has ${words.length} numbers, ${width + 1} belong there.`,
      );
    if (!Number.isInteger(node) || node < 1 || node > dimension)
      throw new InstanceFault(`Line ${line} (${section}) names ${node}; 1 to ${dimension} exist.`);
    if (found.has(node)) throw new InstanceFault(`Line ${line} (${section}) names ${node} a second time.`);
    found.set(node, values);
  }
  return Array.from({ length: dimension }, (_, place) => {
    const row = found.get(place + 1);
    if (!row) throw new InstanceFault(`${section} has no row for ${place + 1}.`);
    return row;
  });
}
