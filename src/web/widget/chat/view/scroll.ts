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
 * Keeps the newest message in sight, unless the reader has scrolled up: then nothing jumps. What grows later (a
 * picture that arrives, a font that is wider) counts as well.
 * @param ownMark changes when the customer said something: that always shows.
 */
export function useEndOfLog(area: RefObject<HTMLElement | null>, ownMark: unknown): EndOfLog {
  const [isAway, setAway] = useState(false);
  const toEnd = () => area.current?.scrollTo({ top: area.current.scrollHeight });

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let isAtEnd = true;
    let lastTop = 0;
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      // Only who scrolls up leaves the end: while messages come in, the end itself moves away.
      if (scrollHeight - scrollTop - clientHeight <= NEAR_PX) isAtEnd = true;
      else if (scrollTop < lastTop) isAtEnd = false;
      lastTop = scrollTop;
      setAway(!isAtEnd);
    };
    const sizes = new ResizeObserver(() => {
      // Without a conversation the beginning is what to read.
      if (isAtEnd && element.querySelector("[role=log]")) element.scrollTo({ top: element.scrollHeight });
    });
    const watch = () => {
      sizes.disconnect();
      for (const part of [element, ...element.children]) sizes.observe(part);
    };
    const parts = new MutationObserver(watch);
    parts.observe(element, { childList: true });
    watch();
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      parts.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [area]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is what asks for it
  useLayoutEffect(() => {
    if (ownMark) toEnd();
  }, [ownMark]);
  return { isAway, toEnd };
}
