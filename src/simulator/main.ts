import type { Simulator } from "./http.ts";

/**
 * The providers' simulators as a process of their own:
 *   node src/simulator/main.ts --json '{"whatsapp":{"port":0,"appSecret":"…","webhook":"…"},"telegram":{…}}'
 * prints one JSON line with their addresses when ready. SIGTERM ends it; with --with-parent it also ends when
 * its stdin or its IPC channel closes, so that a killed test leaves nothing behind.
 */

/** Loaded only when asked for. */
const kinds = {
  whatsapp: async (settings: unknown): Promise<Simulator> =>
    (await import("./whatsapp.ts")).startWhatsapp(settings),
  telegram: async (settings: unknown): Promise<Simulator> =>
    (await import("./telegram.ts")).startTelegram(settings),
  woocommerce: async (settings: unknown): Promise<Simulator> =>
    (await import("./woocommerce.ts")).startWoocommerce(settings),
  shopware: async (settings: unknown): Promise<Simulator> =>
    (await import("./shopware.ts")).startShopware(settings),
  shopify: async (settings: unknown): Promise<Simulator> =>
    (await import("./shopify.ts")).startShopify(settings),
};

function settingsOf(args: readonly string[]): Record<string, unknown> {
  const at = args.indexOf("--json");
  const value: unknown = JSON.parse((at >= 0 && args[at + 1]) || "{}");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error('--json wants an object, e.g. \'{"whatsapp":{"port":0}}\'');
  }
  return value as Record<string, unknown>;
}

function endWithParent(end: () => void): void {
  process.stdin.resume();
  process.stdin.on("end", end);
  process.stdin.on("error", end);
  process.on("disconnect", end);
}

async function main(args: readonly string[]): Promise<void> {
  const settings = settingsOf(args);
  const running: Simulator[] = [];
  const ready: Record<string, unknown> = { pid: process.pid };
  const end = () => {
    Promise.all(running.map((each) => each.close())).then(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  if (args.includes("--with-parent")) endWithParent(end);
  for (const [kind, start] of Object.entries(kinds)) {
    if (!(kind in settings)) continue;
    const simulator = await start(settings[kind]);
    running.push(simulator);
    ready[kind] = { port: simulator.port, url: simulator.url };
  }
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

await main(process.argv.slice(2));
