import { createHash, randomBytes } from "node:crypto";

/** 2024-01-01T00:00:00Z; 41 bits of milliseconds after it last until 2093. */
const EPOCH_MS = Date.UTC(2024, 0, 1);
const INBOX_STEP = 4096;
/** Chosen once per process: two processes that mint in the same millisecond do not collide. */
const processBits = randomBytes(2).readUInt16BE() & 0xfff;

let lastMs = 0;
let counter = 0;

/** A tick that never repeats or goes back in this process, even when the clock does. */
function tick(nowMs: number): { ms: number; n: number } {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else if (++counter > 0x3fff) {
    lastMs += 1;
    counter = 0;
  }
  return { ms: lastMs, n: counter };
}

/**
 * A message's id: UUIDv8 (RFC 9562) whose byte order is the reading order of a conversation: first the
 * provider's second, then arrival. Layout: 48 bit second in ms | 4 bit version | 12 bit arrival high |
 * 2 bit variant | 36 bit arrival low | 14 bit counter | 12 bit process.
 * @param orderMs provider's time for what came in; for answers the later of now and what is answered (ms).
 * @param arrivalMs our clock (ms)
 */
export function messageId(orderMs: number, arrivalMs: number): string {
  const { ms, n } = tick(arrivalMs);
  const second = Math.floor(orderMs / 1000) * 1000;
  const order = second.toString(16).padStart(12, "0");
  const arrival = BigInt(ms);
  const high = (0x8000n | ((arrival >> 36n) & 0xfffn)).toString(16);
  const low = (0x2n << 62n) | ((arrival & 0xfffffffffn) << 26n) | (BigInt(n) << 12n) | BigInt(processBits);
  const tail = low.toString(16).padStart(16, "0");
  return `${order.slice(0, 8)}-${order.slice(8)}-${high}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** Before every message id of that second or later, after every one of an earlier second. @param ms since the epoch */
export function messageIdAt(ms: number): string {
  const order = (Math.floor(ms / 1000) * 1000).toString(16).padStart(12, "0");
  return `${order.slice(0, 8)}-${order.slice(8)}-0000-0000-000000000000`;
}

/** The provider's second of a message id, ms since the epoch. */
export function orderMsOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

let lastInbox = 0;

/** Id of an inbox row: rises with time so that partitions are ranges of it. 53 bits. */
export function inboxId(nowMs: number): number {
  const base = (nowMs - EPOCH_MS) * INBOX_STEP + (processBits & 7) * 512;
  lastInbox = base > lastInbox ? base : lastInbox + 1;
  return lastInbox;
}

/** The smallest inbox id of a moment: the border of a partition. */
export function inboxIdAt(ms: number): number {
  return (ms - EPOCH_MS) * INBOX_STEP;
}

/** 16 bytes as UUID text. */
export function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Dedupe key of a provider's id within one account. */
export function seenKey(channelId: number, externalId: string): string {
  return uuidOf(createHash("sha1").update(`${channelId}:${externalId}`).digest());
}

/** Random url-safe token. @param bytes entropy */
export function randomToken(bytes = 24): string {
  return randomBytes(bytes).toString("base64url");
}
