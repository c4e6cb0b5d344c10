import { createHmac, timingSafeEqual } from "node:crypto";
import type { Kernel } from "../kernel.ts";
import { nodeSecret } from "../node-secret.ts";

/** What a message carries so that an answer or one click finds its way back, signed by this node. */
export interface MessageLinks {
  /** Lower-case letters, digits and "-": it survives as a part of a mail address. */
  replyToken(conversationId: number): string;
  /** @returns the conversation, or null when we did not sign it */
  conversationOf(token: string): number | null;
  /** Leads an answer to a mail beside a conversation back; as `replyToken`, and over at a time. */
  sideToken(side: SidePlace): string;
  /** @returns null when we did not sign it */
  sideOf(token: string): Omit<SidePlace, "expiresAt"> | null;
  /** Below the node's own address. */
  unsubscribePath(grant: GrantPlace): string;
  grantOf(token: string): GrantPlace | null;
}

export interface GrantPlace {
  tenantId: number;
  grantId: number;
}

/** The token binds all four; `expiresAt` in ms, kept to the hour. */
export interface SidePlace {
  tenantId: number;
  conversationId: number;
  id: number;
  expiresAt: number;
}

const HOUR_MS = 3_600_000;

/** 80 bits: enough for a door that a person may only knock at by the network. */
const MAC_BYTES = 10;
const RADIX = 36;

export async function openMessageLinks(kernel: Pick<Kernel, "db">): Promise<MessageLinks> {
  const secret = await nodeSecret(kernel, "message-links");
  const mac = (words: string): Buffer =>
    createHmac("sha256", secret).update(words).digest().subarray(0, MAC_BYTES);
  const signed = (kind: string, numbers: readonly number[]): string => {
    const named = numbers.map((n) => n.toString(RADIX)).join("-");
    return `${named}-${mac(`${kind} ${named}`).toString("hex")}`;
  };
  const read = (kind: string, token: string): number[] | null => {
    const end = token.lastIndexOf("-");
    const given = Buffer.from(token.slice(end + 1), "hex");
    const named = token.slice(0, Math.max(0, end));
    if (given.length !== MAC_BYTES || !timingSafeEqual(given, mac(`${kind} ${named}`))) return null;
    return named.split("-").map((word) => Number.parseInt(word, RADIX));
  };
  return {
    replyToken: (conversationId) => signed("reply", [conversationId]),
    conversationOf: (token) => read("reply", token)?.[0] ?? null,
    sideToken: ({ tenantId, conversationId, id, expiresAt }) =>
      signed("side", [tenantId, conversationId, id, Math.ceil(expiresAt / HOUR_MS)]),
    sideOf(token) {
      const [tenantId, conversationId, id] = read("side", token) ?? [];
      return tenantId === undefined || conversationId === undefined || id === undefined
        ? null
        : { tenantId, conversationId, id };
    },
    unsubscribePath: ({ tenantId, grantId }) => `/u/${signed("unsubscribe", [tenantId, grantId])}`,
    grantOf(token) {
      const [tenantId, grantId] = read("unsubscribe", token) ?? [];
      return tenantId === undefined || grantId === undefined ? null : { tenantId, grantId };
    },
  };
}
