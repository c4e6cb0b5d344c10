import type { Logger } from "pino";
import type { ChannelAdapter, Inbound } from "../channel.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/open.ts";
import { scheduleTimer } from "../jobs/timers.ts";
import type { Registry } from "./registry.ts";

/**
 * A provider tells by webhook what it thinks of a template: approved, paused, moved to another category. The news becomes a
 * timer of each company that speaks by this app; the room that keeps templates takes it from there. It is written as the
 * body is read, so a body that is read again tells it again, which changes nothing.
 */

/** Kind of the timer; its payload is a `TemplateNews`. */
export const TEMPLATE_NEWS = "template_news";
/** The account as a whole, as adapters write it. */
const WHOLE = "waba:";
const TRIES = 3;

type Account = Extract<Inbound, { kind: "account" }>;

/** @returns the adapter, whose news of templates are heard */
export function hearTemplates(
  adapter: ChannelAdapter,
  node: { db: Database; registry: Registry; clock: Clock; log: Logger },
): ChannelAdapter {
  const heard: ChannelAdapter = Object.create(adapter);
  heard.parse = (raw, app, receivedAt) => {
    const items = adapter.parse(raw, app, receivedAt);
    for (const item of items)
      if (item.kind === "account" && item.template)
        void keep(node, app.id, { ...item, template: item.template });
    return items;
  };
  return heard;
}

async function keep(
  { db, registry, clock, log }: Parameters<typeof hearTemplates>[1],
  appId: string,
  { address, template }: Account & { template: NonNullable<Account["template"]> },
): Promise<void> {
  const accounts = registry.accountsOfApp(appId).filter((account) => isMeant(account.settings, address));
  for (const tenantId of new Set(accounts.map((account) => account.tenantId)))
    for (let attempt = 1; attempt <= TRIES; attempt++)
      try {
        await scheduleTimer(
          { db },
          {
            tenantId,
            kind: TEMPLATE_NEWS,
            key: `${template.category === null ? "state" : "category"} ${template.language} ${template.name}`.slice(
              0,
              200,
            ),
            dueAt: clock.now(),
            payload: { ...template },
          },
        );
        break;
      } catch (error) {
        log.warn({ tenant: tenantId, error: (error as Error).name, attempt }, "template news not kept");
      }
}

/** Companies that share an app are told apart by the account's id, where they have entered it. */
function isMeant(settings: Readonly<Record<string, unknown>>, address: string): boolean {
  const { businessAccountId } = settings;
  return (
    typeof businessAccountId !== "string" ||
    businessAccountId === "" ||
    address === `${WHOLE}${businessAccountId}`
  );
}
