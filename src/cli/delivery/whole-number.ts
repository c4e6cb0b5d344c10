import { UsageError } from "../options.ts";

/** @throws UsageError naming the option and its range */
export function wholeOf(
  name: string,
  text: string | undefined,
  { least, most }: { least: number; most: number },
): number {
  const value = Number(text);
  if (!text || text.trim() === "" || !Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}.`);
  return value;
}
