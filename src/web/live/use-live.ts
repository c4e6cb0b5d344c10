import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { CallError, type Client, type Failure, openClient } from "./client.ts";
import type { Act, Live, LiveMap } from "./contract.ts";

/** It is read again so often, as long as somebody looks. */
const REFRESH_MS = 20_000;
const OPEN: readonly Live["state"][] = ["held", "booked", "loaded", "under_way"];

export interface LiveState {
  live: Live | null;
  map: LiveMap | null;
  /** Nothing can be shown: the link is over, or nothing was ever read. */
  problem: "ended" | "unreachable" | null;
  /** What is shown is as old as it says. */
  isStale: boolean;
  busy: string | null;
  failure: Exclude<Failure, "ended"> | null;
  client: Client;
  act(what: Act): Promise<boolean>;
  load(): void;
}

/** Two windows of one list are told apart. */
const nameOf = (what: Act): string =>
  what.do === "other_window" ? `${what.do} ${what.earliestAt}` : what.do;

/** The delivery as the node last told it, read again while the page is looked at. */
export function useLive(key: string): LiveState {
  const client = useMemo(() => openClient(key), [key]);
  const [live, setLive] = useState<Live | null>(null);
  const [map, setMap] = useState<LiveMap | null>(null);
  const [problem, setProblem] = useState<LiveState["problem"]>(null);
  const [isStale, setStale] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<LiveState["failure"]>(null);
  const isOver = useRef(false);

  const taken = useCallback((next: Live) => {
    isOver.current = !OPEN.includes(next.state);
    setLive(next);
    setStale(false);
    setProblem(null);
  }, []);
  const load = useCallback(() => {
    client.read().then(taken, (error: unknown) => {
      if (error instanceof CallError && error.failure === "ended") setProblem("ended");
      else {
        setStale(true);
        setProblem((before) => before ?? "unreachable");
      }
    });
  }, [client, taken]);
  useRefresh(load, isOver);

  const hasWay = (live?.way.length ?? 0) > 0;
  useEffect(() => {
    // Once: a city does not change in an evening. Without it the way stands on empty land.
    if (hasWay) client.map().then(setMap, () => setMap({ features: [], attribution: "" }));
  }, [client, hasWay]);

  const act = useCallback(
    async (what: Act): Promise<boolean> => {
      setBusy(nameOf(what));
      setFailure(null);
      try {
        taken(await client.act(what));
        return true;
      } catch (error) {
        const kind = error instanceof CallError ? error.failure : "refused";
        if (kind === "ended") setProblem("ended");
        else setFailure(kind);
        // What is possible has changed: the page shows it.
        if (kind === "refused" || kind === "gone") load();
        return false;
      } finally {
        setBusy(null);
      }
    },
    [client, load, taken],
  );
  return { live, map, problem, isStale, busy, failure, client, act, load };
}

/** At once, every 20 seconds while the page is seen, and when it is seen again. What is over changes no more. */
function useRefresh(load: () => void, isOver: { readonly current: boolean }): void {
  useEffect(() => {
    load();
    const look = () => {
      if (document.visibilityState === "visible" && !isOver.current) load();
    };
    const timer = window.setInterval(look, REFRESH_MS);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [load, isOver]);
}
