import { type House, type Timer, takeTimer } from "#kernel";
import { signedHeaders, waitAfter } from "../rules/webhook-signing.ts";
import { sayStopped } from "../store/timers.ts";
import { inTenant } from "../store/tx.ts";
import {
  type DueMessage,
  dueMessages,
  nextDue,
  noteArrived,
  noteFailed,
  sendSoon,
} from "../store/webhook-messages.ts";

/** Tells systems outside; a port, so that the house's own guard against private addresses stands before it. */
export type WebhookPost = (message: {
  readonly method: "POST";
  readonly url: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
}) => Promise<{ readonly status: number } | { readonly failed: string }>;

const TIMEOUT_MS = 10_000;
/** Webhooks at once; each has its messages one after the other. */
const AT_ONCE = 10;
const ROUNDS_MOST = 50;
/** A run begins nothing more after so long: well within the time that the kernel gives a timer's work. */
const RUN_MS = 120_000;
const DAY_MS = 86_400_000;
/** After a day of nothing but failures nothing more is sent. */
const STOP_AFTER_MS = DAY_MS;

/** Sends what is due and comes again when the next one is. Repeatable: a message keeps its id, and the other side takes it once. */
export async function sendWebhooks(house: House, post: WebhookPost, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const until = house.clock.now() + RUN_MS;
  for (let round = 0; round < ROUNDS_MOST; round++) {
    const now = house.clock.now();
    if (now > until) break;
    const due = await inTenant(house, tenantId, (tx) => dueMessages(tx, tenantId, { now, most: AT_ONCE }));
    if (due.length === 0) break;
    await Promise.all(due.map((message) => sendOne(house, post, { tenantId, message })));
  }
  await inTenant(house, tenantId, async (tx) => {
    // Away first: it stands minutes ahead while it runs, and whoever wrote a message meanwhile set it and is seen below.
    await takeTimer(tx, timer);
    const next = await nextDue(tx, tenantId);
    if (next !== null) await sendSoon(tx, tenantId, Math.max(next, house.clock.now()));
  });
}

async function sendOne(
  house: House,
  post: WebhookPost,
  { tenantId, message }: { readonly tenantId: number; readonly message: DueMessage },
): Promise<void> {
  const { id, url, secret, body, attempts, webhookId } = message;
  const headers = signedHeaders(
    { id: `delivery.${tenantId}.${id}`, body },
    { secret, now: house.clock.now() },
  );
  const answer = await post({ method: "POST", url, body, timeoutMs: TIMEOUT_MS, headers });
  const now = house.clock.now();
  const place = { tenantId, id, now };
  if ("status" in answer && answer.status >= 200 && answer.status < 300) {
    await inTenant(house, tenantId, (tx) => noteArrived(tx, place, answer.status));
    return;
  }
  const wait = waitAfter(attempts + 1);
  const failed = {
    status: "status" in answer ? answer.status : 0,
    fault: "failed" in answer ? answer.failed : `HTTP ${answer.status}`,
    dueAt: wait === null ? null : now + wait,
    stopBefore: now - STOP_AFTER_MS,
  };
  const isStopped = await inTenant(house, tenantId, async (tx) => {
    const stopped = await noteFailed(tx, place, failed);
    if (stopped) await sayStopped(tx, { tenantId, webhookId, now });
    return stopped;
  });
  if (isStopped) house.log.warn({ tenant: tenantId, webhook: webhookId }, "delivery: a webhook was stopped");
}
