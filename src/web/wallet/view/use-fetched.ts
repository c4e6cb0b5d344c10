import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { CallError, type Failure } from "../../customer-page/call.ts";

export interface Fetched<T> {
  readonly data: T | null;
  /** Why the last call brought nothing; "missing" = there is no such thing. */
  readonly failure: Failure | "missing" | null;
  load(): void;
}

/** @param load the same function as long as the same is meant @param every_ms 0 = once */
export function useFetched<T>(load: () => Promise<T>, every_ms: number): Fetched<T> {
  const [data, setData] = useState<T | null>(null);
  const [failure, setFailure] = useState<Fetched<T>["failure"]>(null);
  const round = useRef(0);
  const run = useCallback(() => {
    round.current += 1;
    const mine = round.current;
    load().then(
      (next) => {
        if (mine !== round.current) return;
        setData(next);
        setFailure(null);
      },
      (error: unknown) => {
        if (mine !== round.current) return;
        const { failure: kind, status } = error instanceof CallError ? error : new CallError("refused");
        setFailure(status === 404 ? "missing" : kind);
      },
    );
  }, [load]);
  useEffect(() => {
    setData(null);
    run();
    if (every_ms === 0) return;
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") run();
    }, every_ms);
    return () => {
      round.current += 1;
      window.clearInterval(timer);
    };
  }, [run, every_ms]);
  return { data, failure, load: run };
}
