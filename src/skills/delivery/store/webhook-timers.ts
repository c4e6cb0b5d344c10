import { z } from "zod";
import { type House, setTimer, staffAddresses, type Timer, takeTimer, wasRestoredSince } from "#kernel";
import { sendWebhooks, type WebhookPost } from "../adapters/send-webhooks.ts";
import { stoppedLetter } from "../flows/stopped-letter.ts";
import type { OwnerPost } from "../ports.ts";
import { DAY_MS } from "../rules/limits.ts";
import { WEBHOOK_STOPPED, WEBHOOKS } from "../rules/timer-kinds.ts";
import { inTenant } from "./tx.ts";
import { readStopped } from "./webhooks.ts";

/** Systems are told, and an owner whose system does not answer hears it by mail; its card at the desk says it too. */

export interface WebhookParts {
  /** Without it no system outside is told. */
  readonly post: WebhookPost | undefined;
  /** Without it the card alone says it. */
  readonly owners: OwnerPost | undefined;
}

const toNobody: WebhookPost = async () => ({ failed: "no_network" });
const AGAIN_MS = 15 * 60_000;

const payload = z.object({
  webhookId: z.number(),
  wantedAt: z.number(),
  /** Whose mail did not go yet; without it all owners. */
  userIds: z.array(z.string()).optional(),
});

/** kind -> what happens when it is due */
export function webhookTimers(house: House, { post, owners }: WebhookParts) {
  return {
    [WEBHOOKS]: {
      run: (timer: Timer) => sendWebhooks(house, post ?? toNobody, timer),
      // What changes meanwhile pulls the timer near: two runs of a company would send the same message twice.
      places: { all: 8, perTenant: 1 },
    },
    [WEBHOOK_STOPPED]: (timer: Timer) => mailStopped(house, owners, timer),
  };
}

/** Repeatable: a second mail has the first one's Message-ID. Whom the server did not take it for is tried again for a day. */
async function mailStopped(house: House, owners: OwnerPost | undefined, timer: Timer): Promise<void> {
  const { tenantId } = timer;
  const { webhookId, wantedAt, userIds } = payload.parse(timer.payload);
  const now = house.clock.now();
  const webhook = await inTenant(house, tenantId, (tx) => readStopped(tx, tenantId, webhookId));
  const isNews = now < wantedAt + DAY_MS && !(await wasRestoredSince(house, wantedAt));
  const left = owners && webhook && isNews ? await mailOwners() : [];
  await inTenant(house, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer)) || left.length === 0) return;
    const again = { webhookId, wantedAt, userIds: left };
    const key = String(webhookId);
    await setTimer(tx, { tenantId, kind: WEBHOOK_STOPPED, key, dueAt: now + AGAIN_MS, payload: again });
  });

  /** @returns whose mail is to be tried again */
  async function mailOwners(): Promise<string[]> {
    if (!owners || !webhook) return [];
    // Whose system it is: the sender's who named it, or the carrier's own.
    const companyId = webhook.senderTenantId ?? tenantId;
    const company = await house.profile(companyId);
    const letter = stoppedLetter(company, {
      url: webhook.url,
      failingSince: webhook.failingSince.getTime(),
      fault: webhook.fault,
      deskUrl: owners.deskUrl(house),
    });
    const notYet: string[] = [];
    for (const { userId, email } of await staffAddresses(house, companyId, userIds ?? "owners")) {
      const key = `webhook.${tenantId}.${webhookId}.${wantedAt}.${userId.replace(/[^A-Za-z0-9]/g, "")}`;
      const fate = await owners.send(house, { tenantId: companyId, to: email, key, ...letter });
      if (fate !== "sent") house.log.warn({ tenant: companyId, fate }, "delivery: the mail did not go");
      if (fate === "again") notYet.push(userId);
    }
    return notYet;
  }
}
