import { useCallback, useEffect, useState } from "react";

/** Minutes of the evening in a second of ours. */
export const speeds = [1, 2, 5, 10] as const;
export type Speed = (typeof speeds)[number];

const tickMs = 200;
const minuteMs = 60_000;

interface FilmSpan {
  from: number;
  until: number;
  /** When something happened, in the order of time. */
  moments: readonly number[];
}

export interface Playing {
  readonly from: number;
  readonly until: number;
  readonly at: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  setSpeed(speed: Speed): void;
  /** Begins anew at the end. */
  toggle(): void;
  goTo(at: number): void;
  /** To what happened next, or before. */
  step(direction: 1 | -1): void;
}

/** A clock that can be stopped, hurried and set. */
export function usePlaying({ from, until, moments }: FilmSpan): Playing {
  const [at, setAt] = useState(from);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(2);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(
      () => setAt((before) => Math.min(until, before + (speed * minuteMs * tickMs) / 1_000)),
      tickMs,
    );
    return () => clearInterval(timer);
  }, [isPlaying, speed, until]);
  useEffect(() => {
    if (at >= until) setPlaying(false);
  }, [at, until]);
  const goTo = useCallback((to: number) => setAt(Math.min(until, Math.max(from, to))), [from, until]);
  return {
    from,
    until,
    at,
    isPlaying,
    speed,
    setSpeed,
    goTo,
    toggle: () => {
      if (at >= until) setAt(from);
      setPlaying(!isPlaying);
    },
    step: (direction) => {
      const next = direction === 1 ? moments.find((one) => one > at) : moments.findLast((one) => one < at);
      goTo(next ?? (direction === 1 ? until : from));
    },
  };
}
