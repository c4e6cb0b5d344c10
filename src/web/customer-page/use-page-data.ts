import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { CallError, type Failure } from "./call.ts";

export interface PageData<Data, Also extends string> {
  data: Data | null;
  /** Nothing can be shown: the link is over, or nothing was ever read. */
  problem: "ended" | "unreachable" | null;
  /** What is shown is as old as it says. */
  isStale: boolean;
  /** What is on its way to the node; null = nothing. */
  busy: string | null;
  /** Why the last call brought nothing. */
  failure: Exclude<Failure, "ended"> | Also | null;
  load(): void;
  /** What the node told with an answer. */
  take(next: Data): void;
  /** Does one thing and says what came of it. @returns whether the node took it */
  run(what: string, work: () => Promise<void>): Promise<boolean>;
}

interface Source<Data, Also extends string> {
  /** The same function as long as the key is the same. */
  read(): Promise<Data>;
  /** It is read again so often, as long as somebody looks. */
  every_ms: number;
  /** What is over changes no more. */
  isOver?: (data: Data) => boolean;
  /** Statuses with a sentence of their own on this page. */
  also?: Readonly<Record<number, Also>>;
}

/** What the node last told, read again while the page is looked at. */
export function usePageData<Data, Also extends string = never>(
  source: Source<Data, Also>,
): PageData<Data, Also> {
  const { read } = source;
  const rules = useRef(source);
  rules.current = source;
  const [data, setData] = useState<Data | null>(null);
  const [problem, setProblem] = useState<PageData<Data, Also>["problem"]>(null);
  const [isStale, setStale] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<PageData<Data, Also>["failure"]>(null);
  const isOver = useRef(false);
  /** Counts what was shown: a reading that began before it may not undo it. */
  const shown = useRef(0);

  const take = useCallback((next: Data) => {
    shown.current += 1;
    isOver.current = rules.current.isOver?.(next) ?? false;
    setData(next);
    setStale(false);
    setProblem(null);
  }, []);
  const load = useCallback(() => {
    const begun = shown.current;
    const takeIfNewer = (next: Data) => {
      if (shown.current === begun) take(next);
    };
    read().then(takeIfNewer, (error: unknown) => {
      if (error instanceof CallError && error.failure === "ended") setProblem("ended");
      else {
        setStale(true);
        setProblem((before) => before ?? "unreachable");
      }
    });
  }, [read, take]);
  useRefresh(load, isOver, source.every_ms);

  const run = useCallback(
    async (what: string, work: () => Promise<void>): Promise<boolean> => {
      setBusy(what);
      setFailure(null);
      try {
        await work();
        return true;
      } catch (error) {
        const { failure: kind, status } = error instanceof CallError ? error : new CallError("refused");
        if (kind === "ended") setProblem("ended");
        else setFailure(rules.current.also?.[status] ?? kind);
        // What is possible has changed: the page shows it.
        if (kind === "refused") load();
        return false;
      } finally {
        setBusy(null);
      }
    },
    [load],
  );
  return { data, problem, isStale, busy, failure, load, take, run };
}

/** At once, again and again while the page is seen, and when it is seen again. */
function useRefresh(load: () => void, isOver: { readonly current: boolean }, every_ms: number): void {
  useEffect(() => {
    load();
    const look = () => {
      if (document.visibilityState === "visible" && !isOver.current) load();
    };
    const timer = window.setInterval(look, every_ms);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    window.addEventListener("pageshow", look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
      window.removeEventListener("pageshow", look);
    };
  }, [load, isOver, every_ms]);
}
