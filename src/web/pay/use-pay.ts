import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { CallError, type Client, type Failure, openClient } from "./client.ts";
import type { Pay, Provider } from "./contract.ts";

/** It is read again so often, as long as somebody looks: money may come while they do. */
const REFRESH_MS = 15_000;

export interface PayState {
  pay: Pay | null;
  /** Nothing can be shown: the link is over, or nothing was ever read. */
  problem: "ended" | "unreachable" | null;
  /** What is shown is as old as it says. */
  isStale: boolean;
  busy: Provider | "receipt" | null;
  failure: Exclude<Failure, "ended"> | null;
  load(): void;
  checkout(provider: Provider): void;
  saveReceipt(): void;
}

/** The request as the node last told it, read again while the page is looked at. */
export function usePay(key: string): PayState {
  const client = useMemo(() => openClient(key), [key]);
  const [pay, setPay] = useState<Pay | null>(null);
  const [problem, setProblem] = useState<PayState["problem"]>(null);
  const [isStale, setStale] = useState(false);
  const [busy, setBusy] = useState<PayState["busy"]>(null);
  const [failure, setFailure] = useState<PayState["failure"]>(null);

  const load = useCallback(() => {
    client.read().then(
      (next) => {
        setPay(next);
        setStale(false);
        setProblem(null);
      },
      (error: unknown) => {
        if (error instanceof CallError && error.failure === "ended") setProblem("ended");
        else {
          setStale(true);
          setProblem((before) => before ?? "unreachable");
        }
      },
    );
  }, [client]);
  useRefresh(load);

  const run = useCallback(
    async (what: Provider | "receipt", work: (client: Client) => Promise<void>) => {
      setBusy(what);
      setFailure(null);
      try {
        await work(client);
      } catch (error) {
        const kind = error instanceof CallError ? error.failure : "refused";
        if (kind === "ended") setProblem("ended");
        else setFailure(kind);
        // What is possible has changed: the page shows it.
        if (kind === "refused") load();
      } finally {
        setBusy(null);
      }
    },
    [client, load],
  );
  return {
    pay,
    problem,
    isStale,
    busy,
    failure,
    load,
    checkout: (provider) =>
      void run(provider, async (to) => {
        window.location.assign(await to.checkout(provider));
      }),
    saveReceipt: () =>
      void run("receipt", async (from) => {
        const { name, mime, content } = await from.receipt();
        save(name, mime, content);
      }),
  };
}

/** Hands the bytes to the browser as a file. @param content Base64 */
function save(name: string, mime: string, content: string): void {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: mime }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has read it by then; earlier would cut large files off.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** At once, every 15 seconds while the page is seen, and when it is seen again. */
function useRefresh(load: () => void): void {
  useEffect(() => {
    load();
    const look = () => {
      if (document.visibilityState === "visible") load();
    };
    const timer = window.setInterval(look, REFRESH_MS);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    window.addEventListener("pageshow", look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
      window.removeEventListener("pageshow", look);
    };
  }, [load]);
}
