import { useMemo } from "preact/hooks";
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";

/** Codes that were scanned on this round, told already or not. */
export function useScanned({ id }: SeenShift): ReadonlySet<string> {
  const { state } = useCourier();
  return useMemo(
    () => new Set(state.scans.filter(({ shiftId }) => shiftId === id).map(({ code }) => code)),
    [state.scans, id],
  );
}
