import { InstanceFault } from "../instance-fault.ts";
import { FOREVER } from "../problem.ts";
import type { Instance } from "./instance.ts";
import { euclid, toNumber } from "./numbers.ts";

const COLUMNS = ["CUST NO.", "XCOORD.", "YCOORD.", "DEMAND", "READY TIME", "DUE DATE", "SERVICE TIME"];

interface Row {
  readonly line: number;
  readonly numbers: readonly number[];
}

/**
 * Reads the text of Solomon's (1987) and Gehring and Homberger's (1999) instances: a name, VEHICLE with number and
 * capacity, CUSTOMER with seven columns; customer 0 is the depot.
 * @throws InstanceFault naming the line
 */
export function readSolomon(text: string): Instance {
  const lines = text.split(/\r\n|\r|\n/);
  const vehicleAt = lines.findIndex((line) => line.trim() === "VEHICLE");
  const customerAt = lines.findIndex((line) => line.trim() === "CUSTOMER");
  if (vehicleAt < 0) throw new InstanceFault("The section VEHICLE is missing.");
  if (customerAt < vehicleAt) throw new InstanceFault("The section CUSTOMER is missing after VEHICLE.");
  refuseForeignWords(lines, vehicleAt, customerAt);
  const fleet = rowsOf(lines, vehicleAt + 1, customerAt);
  const [count, capacity] = fleet[0]?.numbers ?? [];
  if (fleet.length !== 1 || fleet[0]?.numbers.length !== 2)
    throw new InstanceFault("VEHICLE has one row with two numbers: how many vehicles, and their capacity.");
  const rows = rowsOf(lines, customerAt + 1, lines.length);
  refuseBadRows(rows);
  const column = (n: number) => rows.map(({ numbers }) => numbers[n] as number);
  const [labels, x, y] = [column(0), column(1), column(2)];
  const [demand, earliest, latest, service] = [column(3), column(4), column(5), column(6)];
  if (labels[0] !== 0)
    throw new InstanceFault(`The first customer is the depot and has number 0, not ${labels[0] ?? "none"}.`);
  if (demand[0] !== 0 || service[0] !== 0)
    throw new InstanceFault("The demand and the service time of the depot (customer 0) are 0.");
  return {
    labels,
    depots: [0],
    distance: euclid(x, y),
    areDistancesWhole: false,
    demand,
    service,
    earliest,
    latest,
    vehicles: [{ count: count as number, depot: 0, capacity: capacity as number, maxDuration: FOREVER }],
  };
}

/** A line of words is one of the known headings; anything else might be a demand that we would not keep. */
function refuseForeignWords(lines: readonly string[], vehicleAt: number, customerAt: number): void {
  const heading = (line: string) => line.trim().replace(/\s+/g, " ").toUpperCase();
  const known = ["NUMBER CAPACITY", COLUMNS.join(" ")];
  const named = lines.findIndex((line) => line.trim() !== "");
  lines.forEach((line, n) => {
    if (n === named && n < vehicleAt) return;
    if (n === vehicleAt || n === customerAt || !isWords(line)) return;
    if (!known.includes(heading(line)))
      throw new InstanceFault(`Line ${n + 1} has a key that is not known: ${line.trim().slice(0, 60)}.`);
  });
}

const isWords = (line: string): boolean => /^\s*[A-Za-z]/.test(line);

function rowsOf(lines: readonly string[], from: number, to: number): Row[] {
  return lines.slice(from, to).flatMap((line, n) => {
    const words = line.trim().split(/\s+/);
    if (line.trim() === "" || isWords(line)) return [];
    const where = `line ${from + n + 1}`;
    return [{ line: from + n + 1, numbers: words.map((word) => toNumber(word, where)) }];
  });
}

function refuseBadRows(rows: readonly Row[]): void {
  const seen = new Set<number>();
  for (const { line, numbers } of rows) {
    if (numbers.length !== COLUMNS.length)
      throw new InstanceFault(`Line ${line} has ${numbers.length} numbers, ${COLUMNS.length} belong there.`);
    const [label = 0, , , demand = 0, ready = 0, due = 0, service = 0] = numbers;
    if (seen.has(label)) throw new InstanceFault(`Line ${line}: customer ${label} stands twice.`);
    seen.add(label);
    const negative = Object.entries({
      demand,
      "ready time": ready,
      "due date": due,
      "service time": service,
    });
    for (const [name, value] of negative)
      if (value < 0) throw new InstanceFault(`Line ${line}: the ${name} of customer ${label} is ${value}.`);
    if (!Number.isInteger(label) || label < 0 || !Number.isInteger(demand))
      throw new InstanceFault(`Line ${line}: number and demand of a customer are whole numbers.`);
    if (ready > due)
      throw new InstanceFault(
        `Line ${line}: the window of customer ${label} ends (${due}) before it begins.`,
      );
  }
}
