import { base64Url } from "../../skills/wallet/api/offer.ts";
import { CallError, openCaller } from "../customer-page/call.ts";
import type {
  Asked,
  DeviceInvitation,
  HelpAsked,
  Helped,
  Invitation,
  Me,
  Movements,
  OpenBody,
  Opened,
  Outcome,
  Proof,
  Recovery,
  RecoveryAsked,
} from "./contract.ts";

const BASE = "/api/v1/wallet";
/** A block is a commit; a node that starts reads its ledger first. */
const TIMEOUT_MS = 20_000;

/** What needs no account: whoever has the link may ask. @throws CallError from every call that brings nothing */
export function openAnybody() {
  const { json } = openCaller({ base: BASE, authorization: "", timeout_ms: TIMEOUT_MS });
  const at = (path: string, name: string, value: string) =>
    `${path}?${new URLSearchParams({ [name]: value })}`;
  return {
    invitation: (key: string) => json<Invitation>(at("/invitation", "key", key)),
    open: (body: OpenBody) => json<Opened>("/open", { body }),
    request: (key: string) => json<Asked>(at("/request", "key", key)),
    askRecovery: (body: { account: string; key: string; label: string }) =>
      json<RecoveryAsked>("/recovery", { body }),
    recovery: (recovery: string) => json<Recovery>(at("/recovery", "recovery", recovery)),
  };
}

/** What an account's owner asks; the token reads, and only signatures spend. @throws CallError as above */
export function openOwner({ tenantId, token }: { tenantId: number; token: string }) {
  const { json } = openCaller({
    base: BASE,
    authorization: `Wallet ${tenantId}.${token}`,
    timeout_ms: TIMEOUT_MS,
  });
  return {
    me: () => json<Me>("/me"),
    movements: (cursor: string | null) =>
      json<Movements>(cursor === null ? "/history" : `/history?${new URLSearchParams({ cursor })}`),
    submit: (bytes: Uint8Array, labels?: Record<string, string>) =>
      json<Outcome>("/submit", { body: { bytes: base64Url(bytes), ...(labels && { labels }) } }),
    buy: (body: { amountMinor: number; key: string }) => json<{ payUrl: string }>("/buy", { body }),
    proof: () => json<Proof>("/proof"),
    inviteDevice: (label: string) => json<DeviceInvitation>("/devices", { body: { label } }),
    recoveries: async () => (await json<{ items: HelpAsked[] }>("/recoveries")).items,
    signRecovery: (id: string, signatures: string[]) =>
      json<Helped>(`/recoveries/${id}/sign`, { body: { signatures } }),
  };
}

export type Anybody = ReturnType<typeof openAnybody>;
export type Owner = ReturnType<typeof openOwner>;

/** Whether the node said something by its status, and did not merely keep silent. */
export function isStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof CallError && statuses.includes(error.status);
}
