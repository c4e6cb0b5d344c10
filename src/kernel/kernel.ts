import type { Logger } from "pino";
import type { ChannelAdapter } from "./channel.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/open.ts";
import type { Wire } from "./events/wire.ts";
import type { House } from "./skill.ts";
import type { Registry } from "./tenants/registry.ts";

/** Everything a process of the node holds; skills see the smaller `House`. Made once, in `src/main.ts`. */
export interface Kernel extends House {
  config: Config;
  registry: Registry;
  wire: Wire;
  /** kind -> adapter, from src/channels.ts */
  adapters: ReadonlyMap<string, ChannelAdapter>;
}

/** @throws Error when a tenant is unknown to this process even after a reload. */
export function createKernel(parts: {
  config: Config;
  db: Database;
  clock: Clock;
  log: Logger;
  wire: Wire;
  registry: Registry;
  adapters: readonly ChannelAdapter[];
}): Kernel {
  const { wire, registry } = parts;
  const adapters = new Map(parts.adapters.map((adapter) => [adapter.kind, adapter]));
  return {
    ...parts,
    adapters,
    limitsOf: (kind) => adapters.get(kind)?.limits,
    async profile(tenantId) {
      if (!registry.tenant(tenantId)) await registry.reload();
      const profile = registry.tenant(tenantId);
      if (!profile) throw new Error(`Tenant ${tenantId} does not exist`);
      return profile;
    },
    async announce(topic, tenantId) {
      wire.notify(`announce:${topic}:${tenantId}`);
    },
    onAnnounce(topic, listener) {
      wire.on("announce", (rest) => {
        if (rest.startsWith(`${topic}:`)) listener(Number(rest.slice(topic.length + 1)));
      });
    },
  };
}
