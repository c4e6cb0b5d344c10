import { randomInt, randomUUID } from "node:crypto";
import pg from "pg";
import * as api from "#kernel/api";
import { findEmbedded } from "../../src/kernel/db/embedded.ts";
import { startWhatsapp } from "../../src/simulator/whatsapp.ts";
import type { SharedNode } from "../shared-node.ts";
import { ApiClient } from "./api-client.ts";
import { originOf, signedIn } from "./desk.ts";
import { TelegramLine } from "./telegram.ts";
import { WhatsappLine } from "./whatsapp.ts";

/** Further companies on a running node, and their channels. */

export interface Company {
  id: number;
  name: string;
  /** As its owner, by an API key of its own. */
  owner: ApiClient;
}

/**
 * A company of its own for one journey, so that its counts are its own.
 * @param called where somebody will look at it; several may have one name
 */
export async function newCompany(
  node: SharedNode,
  language: "de" | "en" = "de",
  called?: string,
): Promise<Company> {
  const base = originOf(node.report);
  if (!node.report.signIn) throw new Error("This node has no demo");
  const session = await signedIn(base, node.report.signIn);
  const name = called ?? `Nebenan ${randomUUID().slice(0, 8)}`;
  const { id } = await session.call(api.createCompany, {
    body: { name, timeZone: "Europe/Berlin", language },
  });
  const { secret } = await session
    .with({ "x-tenant": String(id) })
    .call(api.createApiKey, { body: { name: "Journey", role: "owner" } });
  return { id, name, owner: new ApiClient(base, { "x-api-key": secret }) };
}

/**
 * Connects a WhatsApp number by the API. A new number speaks to Meta; here the line is turned to a simulator of its
 * own, which only the database can do.
 */
export async function connectWhatsapp(
  node: SharedNode,
  company: Company,
  number: { phoneNumberId?: string; appSecret?: string } = {},
): Promise<{ channel: api.Channel; line: WhatsappLine; close(): Promise<void> }> {
  const phoneNumberId = number.phoneNumberId ?? String(randomInt(10 ** 14));
  const appSecret = number.appSecret ?? randomUUID();
  const channel = await company.owner.call(api.createChannel, {
    body: {
      kind: "whatsapp",
      name: "WhatsApp",
      phoneNumberId,
      displayPhone: "+49 40 1",
      token: "t",
      appSecret,
    },
  });
  const webhook = channel.webhook ?? "";
  const receipts = { delayMs: [20, 60, 120] };
  const simulator = await startWhatsapp({ appSecret, webhook, phoneNumberId, receipts });
  await turnTo(node, channel.id, `${simulator.url}/v23.0`);
  // Any change makes every process read the channels again.
  await company.owner.call(api.updateChannel, { params: { id: channel.id }, body: { name: "WhatsApp" } });
  const line = new WhatsappLine({ webhook, appSecret, phoneNumberId }, simulator.url);
  return { channel, line, close: () => simulator.close() };
}

/** Connects a Telegram bot by the API, turned to a simulator that knows its token. */
export async function connectTelegram(
  node: SharedNode,
  company: Company,
  bot: { token: string; simulator: string },
): Promise<TelegramLine> {
  const channel = await company.owner.call(api.createChannel, {
    body: { kind: "telegram", name: "Telegram", token: bot.token, botName: "own_bot" },
  });
  await turnTo(node, channel.id, bot.simulator);
  // Switching on tells the provider where we are.
  const on = await company.owner.call(api.updateChannel, {
    params: { id: channel.id },
    body: { active: true },
  });
  if (on.health.light !== "ok") throw new Error(`setWebhook: ${on.health.text}`);
  const [app] = await query(node, "select secret from kernel.provider_app where id = $1", [channel.address]);
  return new TelegramLine(
    { webhook: channel.webhook ?? "", secretToken: String(app?.secret) },
    bot.simulator,
  );
}

async function turnTo(node: SharedNode, channelId: number, apiBase: string): Promise<void> {
  await query(node, "update kernel.channel set api_base = $2 where id = $1", [channelId, apiBase]);
}

/** A look into the node's database, for what no API shows. As the owner role: row security does not hide. */
export async function query(
  node: { dataDir: string },
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const server = await findEmbedded({ dataDir: node.dataDir });
  if (!server) throw new Error("The node's PostgreSQL is not running");
  const client = new pg.Client({ ...server.connection(), user: "augenhoehe" });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
