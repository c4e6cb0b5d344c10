import { useEffect, useRef } from "react";

/** Calls `onSeen` when the element comes near the visible part of its scroller. */
export function useSeen(onSeen: () => void, isActive: boolean) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    const element = place.current;
    if (!element || !isActive) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: "400px",
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [isActive]);
  return place;
}
