import { useEffect, useRef, useState } from "preact/hooks";

/** Which screen: the shifts, or a round with what is shown of it. The phone's back button leads one up. */
export interface Screen {
  readonly shiftId: number | null;
  readonly shows: "next" | "list" | number;
}

/** @param outId of the round that is out: the page opens with it */
export function useScreen(outId: number | null): [Screen, (screen: Screen) => void] {
  const [screen, setScreen] = useState<Screen | null>(null);
  const lastOut = useRef<number | null>(null);
  useEffect(() => {
    const back = (event: PopStateEvent) => setScreen(event.state as Screen | null);
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  const show = (next: Screen) => {
    window.history.pushState(next, "");
    window.scrollTo(0, 0);
    setScreen(next);
  };
  // The round that was out stays on the screen when it ends.
  if (outId !== null) lastOut.current = outId;
  return [screen ?? { shiftId: outId ?? lastOut.current, shows: "next" }, show];
}
