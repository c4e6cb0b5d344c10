import { InstanceFault } from "../instance-fault.ts";
import { FOREVER } from "../problem.ts";
import type { Instance } from "./instance.ts";
import { euclid, toNumber } from "./numbers.ts";
import { couplesOf } from "./pairs.ts";

const COLUMNS = 9;
const HEAD = 3;

interface Row {
  readonly line: number;
  readonly numbers: readonly number[];
}

/** Li and Lim's text is numbers only: three, then nine a line. */
export function isLiLim(text: string): boolean {
  const [head = "", first = ""] = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const count = (line: string) => (/[A-Za-z:]/.test(line) ? 0 : line.trim().split(/\s+/).length);
  return count(head) === HEAD && count(first) === COLUMNS;
}

/**
 * Reads the text of Li and Lim's (2001) instances of pick-up and delivery: vehicles, capacity, speed, then for each task
 * number, place, demand, window, service time, and the numbers of its pick-up and its delivery; task 0 is the depot.
 * @throws InstanceFault naming the line
 */
export function readLiLim(text: string): Instance {
  const rows = rowsOf(text);
  const [head, ...tasks] = rows as [Row, ...Row[]];
  const [count = 0, capacity = 0, speed = 0] = head.numbers;
  if (speed !== 1)
    throw new InstanceFault(
      `The speed (line ${head.line}) is ${speed}; only 1 is understood: time is distance.`,
    );
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(capacity) || capacity < 0)
    throw new InstanceFault(`Line ${head.line} names ${count} vehicles of capacity ${capacity}.`);
  refuseBadTasks(tasks);
  const column = (n: number) => tasks.map(({ numbers }) => numbers[n] as number);
  const [labels, x, y] = [column(0), column(1), column(2)];
  const [demand, earliest, latest, service] = [column(3), column(4), column(5), column(6)];
  const placeOf = new Map(labels.map((label, place) => [label, place]));
  const sibling = (label: number, line: number) => {
    if (label === 0) return -1;
    const place = placeOf.get(label);
    if (place === undefined)
      throw new InstanceFault(`Line ${line} names task ${label}, which does not exist.`);
    return place;
  };
  return {
    labels,
    depots: [0],
    distance: euclid(x, y),
    areDistancesWhole: false,
    demand,
    service,
    earliest,
    latest,
    vehicles: [{ count, depot: 0, capacity, maxDuration: FOREVER }],
    pairs: couplesOf(
      tasks.map(({ line, numbers }) => ({
        label: numbers[0] as number,
        demand: numbers[3] as number,
        pickup: sibling(numbers[7] as number, line),
        delivery: sibling(numbers[8] as number, line),
      })),
    ),
  };
}

function rowsOf(text: string): Row[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, n) => {
    if (line.trim() === "") return [];
    const where = `line ${n + 1}`;
    return [
      {
        line: n + 1,
        numbers: line
          .trim()
          .split(/\s+/)
          .map((word) => toNumber(word, where)),
      },
    ];
  });
}

function refuseBadTasks(tasks: readonly Row[]): void {
  const seen = new Set<number>();
  for (const [n, { line, numbers }] of tasks.entries()) {
    if (numbers.length !== COLUMNS)
      throw new InstanceFault(`Line ${line} has ${numbers.length} numbers, ${COLUMNS} belong there.`);
    const [label = 0, , , demand = 0, earliest = 0, latest = 0, service = 0] = numbers;
    if (!Number.isInteger(label) || label < 0 || !Number.isInteger(demand))
      throw new InstanceFault(`Line ${line}: number and demand of a task are whole numbers.`);
    if ((n === 0) !== (label === 0))
      throw new InstanceFault(`Line ${line}: the first task is the depot and has number 0, no other has.`);
    if (n === 0 && (demand !== 0 || service !== 0))
      throw new InstanceFault("The demand and the service time of the depot (task 0) are 0.");
    if (seen.has(label)) throw new InstanceFault(`Line ${line}: task ${label} stands twice.`);
    seen.add(label);
    if (earliest < 0 || service < 0)
      throw new InstanceFault(`Line ${line}: task ${label} has a time that is less than nothing.`);
    if (earliest > latest)
      throw new InstanceFault(`Line ${line}: the window of task ${label} ends (${latest}) before it begins.`);
  }
}
