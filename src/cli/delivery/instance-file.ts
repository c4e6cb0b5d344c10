import { readFile, stat } from "node:fs/promises";
import {
  InstanceFault,
  type Problem,
  ROUNDINGS,
  type Rounding,
  readProblem,
} from "../../skills/delivery/engine/index.ts";
import { UsageError } from "../options.ts";

const MOST_BYTES = 400_000_000;

/** @throws UsageError naming the file and what is wrong in it */
export async function instanceFile(file: string, rounding: Rounding | undefined): Promise<Problem> {
  const text = await textFile(file);
  try {
    return readProblem(text, rounding);
  } catch (error) {
    if (error instanceof InstanceFault) throw new UsageError(`${file} was not read. ${error.message}`);
    throw error;
  }
}

/** @throws UsageError when the file cannot be read or is too large */
export async function textFile(file: string): Promise<string> {
  const cannot = (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  };
  const { size } = await stat(file).catch(cannot);
  if (size > MOST_BYTES) throw new UsageError(`${file} has ${size} bytes, ${MOST_BYTES} at most.`);
  return readFile(file, "utf8").catch(cannot);
}

/** @throws UsageError */
export function roundingOf(word: string | undefined): Rounding | undefined {
  if (word === undefined) return undefined;
  const rounding = ROUNDINGS.find((one) => one === word);
  if (!rounding) throw new UsageError(`--rounding is one of ${ROUNDINGS.join(", ")}, not ${word}.`);
  return rounding;
}
