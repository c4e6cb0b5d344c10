import type { ConnectionStep } from "../channel.ts";
import type { Kernel } from "../kernel.ts";
import { accountOf, type ChannelRecord, webhookOf } from "./channel-row.ts";

const ADDRESS_NEEDED = {
  de: "Anbieter stellen nur an https-Adressen zu, die von außen zu erreichen sind: augenhoehe setup DOMAIN einrichten oder PUBLIC_URL setzen.",
  en: "Providers deliver to https addresses only that are reached from outside: run augenhoehe setup DOMAIN, or set PUBLIC_URL.",
};

/**
 * Everything a connection needs, first what is ours, then what the provider knows.
 * @param base our address as providers reach it
 */
export async function inspectRecord(
  kernel: Pick<Kernel, "adapters">,
  record: ChannelRecord,
  base: string,
): Promise<readonly ConnectionStep[]> {
  const steps: ConnectionStep[] = [];
  if (!record.active)
    steps.push({
      name: "active",
      level: "warn",
      text: {
        de: "Der Kanal ist ausgeschaltet: zum Annehmen einschalten.",
        en: "The channel is switched off: switch it on to take messages.",
      },
    });
  const webhook = record.app_id === null ? null : webhookOf(record.app_id, base);
  if (webhook && !webhook.startsWith("https://"))
    steps.push({ name: "address", level: "bad", text: ADDRESS_NEEDED });
  const inspect = kernel.adapters.get(record.kind)?.inspect;
  if (!inspect) return steps;
  return [...steps, ...(await inspect(accountOf(record), { webhook, secret: record.secret, base }))];
}
