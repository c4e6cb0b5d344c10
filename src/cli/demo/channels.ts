import { randomInt } from "node:crypto";
import { type Kernel, randomToken } from "#kernel";

/** The demo's channels: its page, a WhatsApp number and a Telegram bot whose providers are played by simulators. */

export interface DemoChannels {
  whatsapp: { appId: string; appSecret: string; verifyToken: string; phoneNumberId: string };
  telegram: { appId: string; secretToken: string; token: string; botName: string };
}

interface Plan {
  first: number;
  company: { whatsapp: { displayNumber: string }; telegram: { botName: string } };
}

const digits = (length: number): string =>
  Array.from({ length }, (_, n) => randomInt(n === 0 ? 1 : 0, 10)).join("");

export async function makeDemoChannels(kernel: Kernel, plan: Plan): Promise<DemoChannels> {
  const botId = digits(10);
  const { botName } = plan.company.telegram;
  const whatsapp = {
    appId: `wa-${randomToken(9)}`,
    appSecret: randomToken(24),
    verifyToken: randomToken(18),
    phoneNumberId: digits(15),
  };
  const telegram = {
    appId: botId,
    secretToken: randomToken(24),
    token: `${botId}:${randomToken(26)}`,
    botName,
  };
  const at = new Date(kernel.clock.now());
  await kernel.db.registry(async (tx) => {
    await tx
      .insertInto("kernel.provider_app")
      .values([
        {
          id: whatsapp.appId,
          kind: "whatsapp",
          secret: whatsapp.appSecret,
          verify_token: whatsapp.verifyToken,
          created_at: at,
        },
        {
          id: telegram.appId,
          kind: "telegram",
          secret: telegram.secretToken,
          verify_token: null,
          created_at: at,
        },
      ])
      .execute();
    await tx
      .insertInto("kernel.channel")
      .values([
        {
          tenant_id: plan.first,
          kind: "whatsapp",
          app_id: whatsapp.appId,
          address: whatsapp.phoneNumberId,
          name: "WhatsApp",
          token: randomToken(24),
          settings: JSON.stringify({ displayPhone: plan.company.whatsapp.displayNumber }),
          created_at: at,
        },
        {
          tenant_id: plan.first,
          kind: "telegram",
          app_id: telegram.appId,
          address: botId,
          name: "Telegram",
          token: telegram.token,
          settings: JSON.stringify({ botName }),
          created_at: at,
        },
      ])
      .execute();
  });
  return { whatsapp, telegram };
}

/** The channels as an earlier start made them; null when somebody took them away. */
export async function findDemoChannels(kernel: Kernel, tenantId: number): Promise<DemoChannels | null> {
  const accounts = [...kernel.registry.accounts()].filter((account) => account.tenantId === tenantId);
  const number = accounts.find((account) => account.kind === "whatsapp");
  const bot = accounts.find((account) => account.kind === "telegram");
  const numberApp = number?.appId ? kernel.registry.app(number.appId) : undefined;
  const botApp = bot?.appId ? kernel.registry.app(bot.appId) : undefined;
  if (!number || !bot || !numberApp || !botApp) return null;
  return {
    whatsapp: {
      appId: numberApp.id,
      appSecret: numberApp.secret,
      verifyToken: numberApp.verifyToken ?? "",
      phoneNumberId: number.address,
    },
    telegram: {
      appId: botApp.id,
      secretToken: botApp.secret,
      token: bot.token,
      botName: String(bot.settings.botName ?? ""),
    },
  };
}

/** The simulators get new ports with each start. */
export async function pointDemoAtSimulators(
  kernel: Kernel,
  demo: DemoChannels,
  urls: { whatsapp: string; telegram: string },
): Promise<void> {
  await kernel.db.registry(async (tx) => {
    for (const [kind, address] of [
      ["whatsapp", demo.whatsapp.phoneNumberId],
      ["telegram", demo.telegram.appId],
    ] as const)
      await tx
        .updateTable("kernel.channel")
        .set({ api_base: urls[kind] })
        .where("kind", "=", kind)
        .where("address", "=", address)
        .execute();
  });
  await kernel.registry.reload();
}
