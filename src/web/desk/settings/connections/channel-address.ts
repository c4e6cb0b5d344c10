import type { Channel } from "#kernel/api";
import { originsOf } from "./origins.ts";

/** What people know a channel by; the provider's own number only where there is nothing better, and never a page's key. */
export function channelAddress({
  kind,
  address,
  settings,
}: Pick<Channel, "kind" | "address" | "settings">): string {
  const named = (key: string) => (typeof settings[key] === "string" ? settings[key] : "");
  if (kind === "web") return originsOf(settings).join(", ");
  if (kind === "telegram") return named("botName") ? `@${named("botName")}` : address;
  return named("displayPhone") || address;
}
