import { useMemo } from "preact/hooks";
import { openCaller } from "../customer-page/call.ts";
import { saveBlob } from "../customer-page/save-blob.ts";
import { type PageData, usePageData } from "../customer-page/use-page-data.ts";
import type { Pay, Provider, Receipt } from "./contract.ts";

/** Money may come while somebody looks. */
const REFRESH_MS = 15_000;
/** A service is asked on the way. */
const TIMEOUT_MS = 20_000;
const also = { 502: "service" } as const;

export interface PayState extends PageData<Pay, "service"> {
  checkout(provider: Provider): void;
  saveReceipt(): void;
}

function openClient(key: string) {
  const { json } = openCaller({
    base: "/api/v1/pay/page",
    authorization: `Pay ${key}`,
    timeout_ms: TIMEOUT_MS,
  });
  return {
    read: () => json<Pay>(""),
    receipt: () => json<Receipt>("/receipt"),
    /** @returns the service's page */
    checkout: async (provider: Provider) =>
      (await json<{ url: string }>("/checkout", { body: { provider } })).url,
  };
}

/** The request as the node last told it, read again while the page is looked at. */
export function usePay(key: string): PayState {
  const client = useMemo(() => openClient(key), [key]);
  const page = usePageData({ read: client.read, every_ms: REFRESH_MS, also });
  return {
    ...page,
    checkout: (provider) =>
      void page.run(provider, async () => window.location.assign(await client.checkout(provider))),
    saveReceipt: () =>
      void page.run("receipt", async () => {
        const { name, mime, content } = await client.receipt();
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        saveBlob(name, new Blob([bytes], { type: mime }));
      }),
  };
}
