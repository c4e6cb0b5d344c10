import { type House, TEMPLATE_NEWS, type Timer } from "#kernel";
import { endFromChat, listFromChat, subscribeFromChat } from "./store/chat.ts";
import type { Feeder } from "./store/feeder.ts";
import { startPlanned } from "./store/lifecycle.ts";
import { forget } from "./store/personal.ts";
import { takeTemplateNews } from "./store/template-news.ts";
import { FEED, FORGET, START, wakeBy } from "./store/timers.ts";
import { inTenant } from "./store/tx.ts";

/** kind -> what happens when it is due; each may run twice. */
export function noticesTimers(
  house: House,
  feeder: Feeder,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [FEED]: ({ tenantId }) => feedAndComeBack(house, feeder, tenantId),
    [START]: ({ tenantId, key }) => startPlanned(house, tenantId, Number(key)),
    [FORGET]: ({ tenantId }) => forget(house, tenantId),
    [TEMPLATE_NEWS]: (timer) => takeTemplateNews(house, timer),
    notices_subscribe: (timer) => subscribeFromChat(house, timer),
    notices_end: (timer) => endFromChat(house, timer),
    notices_list: (timer) => listFromChat(house, timer),
  };
}

/** One look at what a company sends, and the timer for the next. */
async function feedAndComeBack(house: House, feeder: Feeder, tenantId: number): Promise<void> {
  const next = await feeder.feed(tenantId);
  if (next === null) return;
  await inTenant(house, tenantId, (tx) => wakeBy(tx, tenantId, { kind: FEED, key: "feed", dueAt: next }));
}
