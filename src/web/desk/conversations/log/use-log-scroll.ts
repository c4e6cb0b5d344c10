import { useLayoutEffect, useRef, useState } from "react";

/** px from the end that still count as "at the end" */
const nearEnd = 80;

interface Edges {
  first: string | undefined;
  last: string | undefined;
  pending: number;
}

/** Stays at the end while new rows come, and at the same row while older ones are put before it. */
export function useLogScroll({ first, last, pending }: Edges) {
  const place = useRef<HTMLDivElement>(null);
  const kept = useRef({ first, height: 0, isAtEnd: true });
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = () => place.current?.scrollTo({ top: place.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: last and pending say that rows came
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    if (kept.current.isAtEnd) element.scrollTop = element.scrollHeight;
    else if (kept.current.first !== first) element.scrollTop += element.scrollHeight - kept.current.height;
    kept.current = { ...kept.current, first, height: element.scrollHeight };
  }, [first, last, pending]);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    // Pictures arrive later, the composer grows: the end stays the end.
    const watcher = new ResizeObserver(() => {
      if (kept.current.isAtEnd) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    for (const child of element.children) watcher.observe(child);
    return () => watcher.disconnect();
  });
  const onScroll = () => {
    const element = place.current;
    if (!element) return;
    kept.current.height = element.scrollHeight;
    kept.current.isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    setAtEnd(kept.current.isAtEnd);
  };
  return { place, onScroll, isAtEnd, toEnd };
}
