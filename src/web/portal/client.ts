import { openCaller } from "../customer-page/call.ts";
import type { Language } from "../customer-page/words.ts";
import type { Contested, Erased, Grants, PortalData, PortalGrant } from "./contract.ts";

export interface Client {
  read(): Promise<PortalData>;
  switchGrant(grant: PortalGrant, on: boolean, language: Language): Promise<Grants>;
  withdrawAll(): Promise<Grants>;
  contest(decisionId: number, words: string): Promise<Contested>;
  erase(confirm: string): Promise<Erased>;
  extend(): Promise<{ expiresAt: string }>;
  leave(): Promise<unknown>;
  /** The file as the node made it. */
  download(kind: "json" | "html", language: Language): Promise<Blob>;
}

const TIMEOUT_MS = 20_000;

/** @throws CallError from every call that brings nothing */
export function openClient(key: string): Client {
  const { json, blob } = openCaller({ base: "/me/", authorization: `Portal ${key}`, timeout_ms: TIMEOUT_MS });
  return {
    read: () => json("data"),
    switchGrant: ({ purpose, topic, channel }, on, language) =>
      json("grants", { body: { purpose, topic, channelId: channel.id, on, language } }),
    withdrawAll: () => json("withdraw-all", { body: {} }),
    contest: (id, words) => json(`decisions/${id}/contest`, { body: { words } }),
    erase: (confirm) => json("erase", { body: { confirm } }),
    extend: () => json("extend", { body: {} }),
    leave: () => json("leave", { body: {} }),
    download: (kind, language) => blob(kind === "json" ? "export" : `export.html?lang=${language}`),
  };
}
