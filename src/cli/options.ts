import { type ParseArgsConfig, parseArgs } from "node:util";

/** A command line that cannot be read: one sentence, exit code 2. */
export class UsageError extends Error {}

export function readOptions<T extends ParseArgsConfig>(args: readonly string[], config: T) {
  try {
    return parseArgs({ ...config, args: [...args], strict: true });
  } catch (error) {
    // Some of Node's explanations go over several lines; the first says what is wrong.
    const [sentence = ""] = (error as Error).message.split("\n");
    throw new UsageError(`${sentence.replace(/\.$/, "")}. See augenhoehe --help.`);
  }
}

/** Progress and questions go to stderr, results to stdout. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
