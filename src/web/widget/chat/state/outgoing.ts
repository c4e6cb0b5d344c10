import type { Keep } from "./storage.ts";

/** What the customer said and the node may not have yet. */
export interface Outgoing {
  /** Made here once; the node takes the same id once, however often it is sent. */
  clientId: string;
  text: string;
  choice: string | null;
  /** Chosen in this page; a reload loses it, therefore such a message is not kept in storage. */
  file: File | null;
  fileId: string | null;
  at: string;
  state: "sending" | "waiting" | "sent" | "failed";
  /** Why it failed for good. */
  reason: "rejected" | "tooBig" | "refused" | null;
}

const NAME = "queue";
/** More than this waits in no browser. */
export const QUEUE_LIMIT = 50;

function isKept(value: unknown): value is Outgoing {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Partial<Outgoing>;
  return typeof entry.clientId === "string" && typeof entry.text === "string" && typeof entry.at === "string";
}

/** What was typed and not sent before the page was left, in its order. */
export function keptQueue(keep: Keep): Outgoing[] {
  try {
    const kept: unknown = JSON.parse(keep.get(NAME) ?? "[]");
    const entries = Array.isArray(kept) ? kept.filter(isKept) : [];
    return entries.map((entry) => ({
      ...entry,
      file: null,
      state: entry.state === "failed" ? "failed" : "waiting",
    }));
  } catch {
    return [];
  }
}

/** Keeps what is not sent. Files cannot be kept; a text that came with one waits in memory with it. */
export function keepQueue(keep: Keep, queue: readonly Outgoing[]): void {
  const open = queue.filter(
    (entry) => entry.state !== "sent" && (entry.file === null || entry.fileId !== null),
  );
  if (open.length === 0) keep.remove(NAME);
  else keep.set(NAME, JSON.stringify(open.map(({ file: _file, ...rest }) => rest)));
}
