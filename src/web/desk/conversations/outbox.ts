import { useSyncExternalStore } from "react";
import { type Message, sendMessage } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Problem } from "../../client/problem.ts";

/** A message on its way from this browser to the node. */
export interface Pending {
  clientId: string;
  conversationId: number;
  text: string;
  note: boolean;
  file: { fileId: string; name: string; mime: string } | null;
  template: { name: string; language: string; parameters: string[] } | null;
  replyTo: string | null;
  at: string;
  /** sending: first try; waiting: no contact, tried again by itself; refused: a person has to decide. */
  state: "sending" | "waiting" | "refused";
  problem: Problem | null;
}

export type Draft = Omit<Pending, "clientId" | "at" | "state" | "problem">;

const key = "ah.outbox";
const retryMs = 3_000;
let pending: readonly Pending[] = restore();
const listeners = new Set<() => void>();
let deliver: (message: Message) => void = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;
/** One call after the other: what was written first arrives first. */
let line: Promise<void> = Promise.resolve();

/** What a reload of the page interrupted is tried again under the same clientId, so nothing is sent twice. */
function restore(): readonly Pending[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "[]") as Pending[];
    return kept.map((item) => ({
      ...item,
      state: item.state === "refused" ? "refused" : "waiting",
      problem: null,
    }));
  } catch {
    return [];
  }
}

function change(next: readonly Pending[]): void {
  pending = next;
  sessionStorage.setItem(key, JSON.stringify(pending.map((item) => ({ ...item, problem: null }))));
  for (const listener of listeners) listener();
}

function update(clientId: string, part: Partial<Pending>): void {
  change(pending.map((item) => (item.clientId === clientId ? { ...item, ...part } : item)));
}

/** Starts the outbox: `onSent` gets what the node has stored. */
export function startOutbox(onSent: (message: Message) => void): () => void {
  deliver = onSent;
  const retry = () => void retryWaiting();
  addEventListener("online", retry);
  retry();
  return () => removeEventListener("online", retry);
}

/** Puts a message on its way; it is kept until the node has it. */
export function sendDraft(draft: Draft): void {
  const item: Pending = {
    ...draft,
    clientId: crypto.randomUUID(),
    at: new Date().toISOString(),
    state: "sending",
    problem: null,
  };
  change([...pending, item]);
  line = line.then(() => send(item));
}

async function send(item: Pending): Promise<void> {
  try {
    const message = await call(sendMessage, {
      params: { id: item.conversationId },
      body: {
        clientId: item.clientId,
        note: item.note,
        ...(item.text && { text: item.text }),
        ...(item.file && { fileId: item.file.fileId }),
        ...(item.template && { template: item.template }),
        ...(item.replyTo && { replyTo: item.replyTo }),
      },
    });
    discard(item.clientId);
    deliver(message);
  } catch (cause) {
    const isRefused = cause instanceof Problem && !cause.isPassing;
    update(item.clientId, {
      state: isRefused ? "refused" : "waiting",
      problem: cause instanceof Problem ? cause : null,
    });
    if (!isRefused) {
      clearTimeout(timer);
      timer = setTimeout(() => void retryWaiting(), retryMs);
    }
  }
}

/** One after the other, so that the order stays. */
export async function retryWaiting(): Promise<void> {
  for (const item of pending.filter(({ state }) => state === "waiting")) {
    update(item.clientId, { state: "sending" });
    await send(item);
  }
}

/** Takes it out without sending; its text goes back to the composer by the caller. */
export function discard(clientId: string): void {
  change(pending.filter((item) => item.clientId !== clientId));
}

/** The live feed may bring my message before the answer to my call does. */
export function settleByMessage(message: Message): void {
  if (message.author !== "agent") return;
  const mine = pending.find(
    (item) =>
      item.clientId === message.id ||
      (item.conversationId === message.conversationId &&
        item.state === "sending" &&
        item.text === message.text),
  );
  if (mine) discard(mine.clientId);
}

export function usePending(conversationId: number): readonly Pending[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pending,
  );
  return all.filter((item) => item.conversationId === conversationId);
}
