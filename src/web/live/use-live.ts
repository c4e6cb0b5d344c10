import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { openCaller } from "../customer-page/call.ts";
import { type PageData, usePageData } from "../customer-page/use-page-data.ts";
import type { Act, Live, LiveMap, LiveWindow } from "./contract.ts";

const REFRESH_MS = 20_000;
const TIMEOUT_MS = 15_000;
const OPEN: readonly Live["state"][] = ["held", "booked", "loaded", "under_way"];
const isOver = ({ state }: Live) => !OPEN.includes(state);
/** Somebody was faster. */
const also = { 409: "gone" } as const;

export interface LiveState extends PageData<Live, "gone"> {
  map: LiveMap | null;
  act(what: Act): Promise<boolean>;
  windows(): Promise<LiveWindow[]>;
}

/** Two windows of one list are told apart. */
const nameOf = (what: Act): string =>
  what.do === "other_window" ? `${what.do} ${what.earliestAt}` : what.do;

function openClient(key: string) {
  const { json } = openCaller({
    base: "/api/v1/delivery/live",
    authorization: `Delivery ${key}`,
    timeout_ms: TIMEOUT_MS,
  });
  return {
    read: () => json<Live>(""),
    map: () => json<LiveMap>("/map"),
    windows: async () => (await json<{ windows: LiveWindow[] }>("/windows")).windows,
    act: (what: Act) => json<Live>("/choices", { body: what }),
  };
}

/** The delivery as the node last told it, read again while the page is looked at. */
export function useLive(key: string): LiveState {
  const client = useMemo(() => openClient(key), [key]);
  const page = usePageData({ read: client.read, every_ms: REFRESH_MS, isOver, also });
  const { data, take, run } = page;
  const [map, setMap] = useState<LiveMap | null>(null);
  const hasWay = (data?.way.length ?? 0) > 0;
  useEffect(() => {
    // Once: a city does not change in an evening. Without it the way stands on empty land.
    if (hasWay) client.map().then(setMap, () => setMap({ features: [], attribution: "" }));
  }, [client, hasWay]);
  const act = useCallback(
    (what: Act) => run(nameOf(what), async () => take(await client.act(what))),
    [client, run, take],
  );
  return { ...page, map, act, windows: client.windows };
}
