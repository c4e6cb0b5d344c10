import { checkFile } from "./delivery/check-file.ts";
import { solveFile } from "./delivery/solve-file.ts";
import { UsageError } from "./options.ts";

const VERBS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  solve: solveFile,
  check: checkFile,
};

/** `augenhoehe delivery solve|check …`: the engine of the deliveries on files; needs no node. */
export async function deliveryCommand([verb = "", ...rest]: string[]): Promise<number> {
  const run = VERBS[verb];
  if (!run)
    throw new UsageError(
      "Say `delivery solve FILE --seconds N | --iterations N` or `delivery check FILE SOLUTION.json`.",
    );
  return run(rest);
}
