import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

/** Closer to the end than this counts as being there. */
const NEAR_PX = 80;

export interface EndOfLog {
  /** New things stand below what is seen. */
  isAway: boolean;
  toEnd(): void;
}

/**
 * Keeps the newest message in sight, unless the reader has scrolled up: then nothing jumps.
 * @param mark changes when something was added.
 * @param ownMark changes when the customer said something: that always shows.
 */
export function useEndOfLog(area: RefObject<HTMLElement | null>, mark: unknown, ownMark: unknown): EndOfLog {
  const [isAway, setAway] = useState(false);
  const toEnd = () => area.current?.scrollTo({ top: area.current.scrollHeight });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onScroll = () => setAway(element.scrollHeight - element.scrollTop - element.clientHeight > NEAR_PX);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [area]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the marks are what asks for it
  useLayoutEffect(() => {
    if (!isAway) toEnd();
  }, [mark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useLayoutEffect(toEnd, [ownMark]);
  return { isAway, toEnd };
}
