import { InstanceFault } from "../instance-fault.ts";

/** @throws InstanceFault when the word is no finite number in decimal notation */
export function toNumber(word: string, where: string): number {
  const value = Number(word);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) || !Number.isFinite(value))
    throw new InstanceFault(`${word.slice(0, 40)} in ${where} is no number.`);
  return value;
}

/** Distances between points of the plane. `Math.hypot` need not be the same on every machine, a square root is. */
export function euclid(x: readonly number[], y: readonly number[]): (from: number, to: number) => number {
  return (from, to) => {
    const dx = (x[from] as number) - (x[to] as number);
    const dy = (y[from] as number) - (y[to] as number);
    return Math.sqrt(dx * dx + dy * dy);
  };
}
