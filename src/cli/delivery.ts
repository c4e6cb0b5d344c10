import { checkFile } from "./delivery/check-file.ts";
import { simulateEvenings } from "./delivery/simulate-evenings.ts";
import { solveFile } from "./delivery/solve-file.ts";
import { UsageError } from "./options.ts";

const VERBS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  solve: solveFile,
  check: checkFile,
  simulate: simulateEvenings,
  // Only these open a database.
  travel: async (args) => (await import("./delivery/travel.ts")).travelCommand(args),
  places: async (args) => (await import("./delivery/places.ts")).placesCommand(args),
};

/** `augenhoehe delivery solve|check|simulate …`: the engine of the deliveries, which needs no node; `places`: address lists. */
export async function deliveryCommand([verb = "", ...rest]: string[]): Promise<number> {
  const run = VERBS[verb];
  if (!run)
    throw new UsageError(
      "Say `delivery solve FILE --seconds N | --iterations N`, `delivery check FILE SOLUTION.json`, `delivery simulate` or `delivery places import FILE --city NAME`.",
    );
  return run(rest);
}
