import { useCallback, useRef, useState } from "react";
import type { RunningRound, WhatIf } from "../../../../skills/delivery/api.ts";
import type { Held } from "../timeline/use-stop-drag.ts";
import { findStop, placeAt } from "./rounds.ts";

/** What the panel is about: a stop, a change, both, or nothing. */
export interface Asked {
  readonly deliveryId: number | null;
  readonly change: WhatIf | null;
}
const NOTHING: Asked = { deliveryId: null, change: null };

/** What is chosen and what is asked; the functions stay the same, so that rows need no new drawing. */
export function useAsked(current: readonly RunningRound[]) {
  const rounds = useRef(current);
  rounds.current = current;
  const [openRound, setOpenRound] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked>(NOTHING);
  const [isAsking, setAsking] = useState(false);
  const pick = useCallback((deliveryId: number) => {
    const found = findStop(rounds.current, deliveryId);
    if (found) setOpenRound(found.round.shiftId);
    setAsked({ deliveryId, change: null });
    setAsking(true);
  }, []);
  const ask = useCallback((change: WhatIf, deliveryId: number | null = null) => {
    setAsked({ deliveryId, change });
    setAsking(true);
  }, []);
  const drop = useCallback(
    ({ deliveryId, shiftId, at }: Held & { shiftId: number }) => {
      const round = rounds.current.find((one) => one.shiftId === shiftId);
      if (round)
        ask({ kind: "move", deliveryId, shiftId, place: placeAt(round, at, deliveryId) }, deliveryId);
    },
    [ask],
  );
  const open = useCallback(() => setAsking(true), []);
  const close = useCallback(() => {
    setAsked(NOTHING);
    setAsking(false);
  }, []);
  const numberOf = useCallback(
    (shiftId: number) => rounds.current.findIndex((one) => one.shiftId === shiftId) + 1,
    [],
  );
  return { asked, isAsking, openRound, setOpenRound, pick, ask, drop, open, close, numberOf };
}
