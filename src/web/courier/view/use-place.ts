import { useEffect, useRef } from "preact/hooks";
import { type Watched, watchPlace } from "../state/place.ts";
import type { SeenShift, SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";

/** Tells the place while the round is out and the courier allows it. */
export function usePlace(shift: SeenShift, next: SeenStop | null): void {
  const { state, session } = useCourier();
  const isOn = state.settings.sharesPlace && shift.state === "out";
  const now = useRef<Watched | null>(null);
  const arrived = useRef(new Set<number>());
  now.current = isOn ? { shiftId: shift.id, next } : null;
  useEffect(() => {
    if (!isOn) return;
    return watchPlace(session, () => now.current, arrived.current);
  }, [isOn, session]);
}
