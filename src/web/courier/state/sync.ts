import { CallError, type Failure } from "../../customer-page/call.ts";
import type { Client } from "../client.ts";
import type { CourierEvent, CourierPage } from "../contract.ts";
import type { Queued, Settled, Store } from "./phone-store.ts";

/**
 * Sends what was done, in its order, a picture before its event. What the node has taken leaves the queue only
 * after it said so; when that answer is lost, the same keys are told again and are one.
 */

const BATCH = 50;

export type Synced =
  | { readonly is: "done"; readonly page: CourierPage | null }
  | {
      readonly is: "failed";
      readonly failure: Exclude<Failure, "refused">;
      /** What the node showed before the failure: what left the queue stands in it and nowhere else. */
      readonly page: CourierPage | null;
    };

/**
 * What has no picture goes first, then the others one by one: a picture that a thin net does not carry holds up nothing else but the end
 * of its round, as a stop whose end the node has not heard of would count as left behind.
 * @returns with the node's page after the last batch that it answered, null when there was none
 */
export async function sync(store: Store, client: Client): Promise<Synced> {
  let page: CourierPage | null = null;
  let failure: Exclude<Failure, "refused"> | null = null;
  const heavy = new Set<number>();
  for (;;) {
    const open = (await store.queue()).filter(({ state }) => state === "waiting");
    const waiting = open.filter((one) => !heavy.has(one.seq) && !isHeld(one, open));
    const light = waiting.filter(({ photo }) => photo === undefined).slice(0, BATCH);
    const next = light.length > 0 ? light : waiting.slice(0, 1);
    if (next.length === 0) return failure === null ? { is: "done", page } : { is: "failed", failure, page };
    try {
      page = (await send(store, client, next)) ?? page;
    } catch (error) {
      if (!(error instanceof CallError) || error.failure === "refused") throw error;
      failure = error.failure;
      if (light.length > 0 || failure === "ended") return { is: "failed", failure, page };
      for (const { seq } of next) heavy.add(seq);
    }
  }
}

/** Behind "I am back", which waits for the pictures before it; also what comes after it in the same round. */
function isHeld({ seq, event: { shiftId } }: Queued, open: readonly Queued[]): boolean {
  const round = open.filter(({ event }) => event.shiftId === shiftId);
  const picture = round.find(({ photo }) => photo !== undefined)?.seq ?? seq;
  return round.some(({ event, seq: at }) => event.kind === "back" && picture < at && at <= seq);
}

async function send(store: Store, client: Client, waiting: readonly Queued[]): Promise<CourierPage | null> {
  const events: CourierEvent[] = [];
  for (const one of waiting) events.push(await withItsPhoto(store, client, one));
  try {
    const { results, page } = await client.tell(events);
    await store.settle(settledOf(waiting, results));
    return page;
  } catch (error) {
    if (!(error instanceof CallError && error.failure === "refused")) throw error;
    const [only, ...others] = waiting;
    // One that the contract does not know must not hold up the others: each is sent alone.
    if (only && others.length === 0) {
      await store.settle({ taken: [], refused: [{ seq: only.seq, why: "invalid" }] });
      return null;
    }
    let page: CourierPage | null = null;
    for (const one of waiting) page = (await send(store, client, [one])) ?? page;
    return page;
  }
}

/** A picture that the node will not have goes without: the event itself is worth more. */
async function withItsPhoto(store: Store, client: Client, { event, photo }: Queued): Promise<CourierEvent> {
  if (!photo || (event.kind !== "done" && event.kind !== "not_there")) return event;
  const kept = await store.photo(photo);
  if (!kept) return event;
  try {
    return { ...event, photoFileId: await client.keepPhoto(kept) };
  } catch (error) {
    if (error instanceof CallError && error.failure === "refused") return event;
    throw error;
  }
}

/** An event that the answer does not name stays in the queue. */
function settledOf(
  sent: readonly Queued[],
  results: readonly { key: string; outcome: "taken" | "known" | "refused"; why: Queued["why"] }[],
): Settled {
  const answers = new Map(results.map((one) => [one.key, one]));
  const taken: number[] = [];
  const refused: { seq: number; why: Queued["why"] }[] = [];
  for (const { seq, event } of sent) {
    const answer = answers.get(event.key);
    if (answer?.outcome === "refused") refused.push({ seq, why: answer.why });
    else if (answer) taken.push(seq);
  }
  if (taken.length + refused.length === 0) throw new CallError("busy");
  return { taken, refused };
}
