import { expect, test } from "vitest";
import { smallProblem } from "../brute-force.fixture.ts";
import { Random } from "../random.ts";
import { nearestBehind, nearestByCost } from "./neighbours.ts";

const random = new Random(1);
const problem = smallProblem(() => random.unit(), { customers: 30, depots: 2 });
const { nodes, depots, cost, time, service, earliest, latest } = problem;
const customers = Array.from({ length: nodes - depots }, (_, n) => depots + n);
const value = (list: Int32Array, n: number) => list[n] as number;

test("the nearest come first, each customer before all others, and equal ones by number", () => {
  const near = nearestByCost(problem, 8);
  for (let node = 0; node < nodes; node++) {
    const way = (other: number) =>
      node === other ? -1 : value(cost, node * nodes + other) + value(cost, other * nodes + node);
    const expected = customers.toSorted((a, b) => way(a) - way(b) || a - b).slice(0, 8);
    const at = near.row(node);
    expect([...near.list.subarray(at, at + 8)]).toEqual(expected);
    expect(near.row(node)).toBe(at);
  }
});

test("few of many are the same as all in order", () => {
  const few = nearestByCost(problem, 3);
  const all = nearestByCost(problem, 30);
  for (let node = 0; node < nodes; node++) {
    const [at, from] = [few.row(node), all.row(node)];
    expect([...few.list.subarray(at, at + 3)]).toEqual([...all.list.subarray(from, from + 3)]);
  }
});

test("who comes best behind a customer waits little, is not late and is never the customer itself", () => {
  const behind = nearestBehind(problem, 100);
  expect(behind.width).toBe(customers.length);
  for (const node of customers) {
    const at = behind.row(node);
    const order = [...behind.list.subarray(at, at + behind.width)];
    expect(order.at(-1)).toBe(node);
    const price = (other: number) => {
      const way = value(service, node) + value(time, node * nodes + other);
      const wait = Math.max(0, value(earliest, other) - way - value(latest, node));
      const late = Math.max(0, value(earliest, node) + way - value(latest, other));
      return Math.round(value(cost, node * nodes + other) + wait / 5 + late);
    };
    const prices = order.slice(0, -1).map(price);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  }
});
