import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import {
  type Channel,
  type channelInput,
  checkChannel,
  createChannel,
  inspectChannel,
  listChannels,
  updateChannel,
} from "../api/company.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type Actor, type AnyRoute, type Call, route } from "../http/route.ts";
import { randomToken } from "../ids.ts";
import type { Kernel } from "../kernel.ts";
import {
  accountOf,
  type ChannelRecord,
  channelOf,
  channelRecord,
  channelRecords,
  webhookOf,
} from "./channel-row.ts";
import { inspectRecord } from "./inspect-channel.ts";
import { changedMailbox, mailboxColumns } from "./mailbox-settings.ts";

type Input = z.output<typeof channelInput>;

/** Where the providers' APIs stand; a demo and tests put their simulators here. */
export type ApiBases = Readonly<Record<"whatsapp" | "telegram", string>>;
export const API_BASES: ApiBases = {
  whatsapp: "https://graph.facebook.com/v23.0",
  telegram: "https://api.telegram.org",
};

/** Connecting numbers, bots and pages. */
export function channelRoutes(kernel: Kernel, apiBases: ApiBases = API_BASES): AnyRoute[] {
  return [
    route(listChannels, async ({ actor, request }) => {
      const records = await kernel.db.registry((tx) => channelRecords(tx, actor.tenantId));
      return { items: records.map((record) => view(kernel, actor, request, record)) };
    }),
    route(createChannel, async ({ actor, body, request }) => {
      const base = baseOf(kernel, request);
      const made = await connectChannel(kernel, actor.tenantId, body, { apiBases, base });
      return view(kernel, actor, request, made);
    }),
    route(updateChannel, (call) => update(kernel, call)),
    route(inspectChannel, async ({ actor, params, request }) => ({
      steps: [
        ...(await inspectRecord(kernel, await recordOf(kernel, actor, params.id), baseOf(kernel, request))),
      ],
    })),
    route(checkChannel, ({ actor, params }) => check(kernel, actor, params.id)),
  ];
}

/**
 * Stores a connection, makes it known to every process and tells a provider that takes it by API where we are.
 * @param at.base our address as providers reach it
 */
export async function connectChannel(
  kernel: Kernel,
  tenantId: number,
  input: Input,
  { apiBases = API_BASES, base }: { apiBases?: ApiBases; base: string },
): Promise<ChannelRecord> {
  const made = await kernel.db.registry(async (tx) => {
    const id = await insert(tx, tenantId, input, { apiBases, now: kernel.clock.now() });
    return channelRecord(tx, tenantId, id);
  });
  return settled(kernel, made, base);
}

function view(kernel: Kernel, actor: Actor, request: FastifyRequest, record: ChannelRecord): Channel {
  return channelOf(record, baseOf(kernel, request), actor.role !== "agent");
}

function baseOf(kernel: Kernel, request: FastifyRequest): string {
  return kernel.config.publicUrl.replace(/\/$/, "") || `${request.protocol}://${request.host}`;
}

interface MakingParts {
  apiBases: ApiBases;
  now: number;
}

async function insert(tx: Tx, tenantId: number, input: Input, parts: MakingParts): Promise<number> {
  const { id } = await tx
    .insertInto("kernel.channel")
    .values({
      tenant_id: tenantId,
      kind: input.kind,
      name: input.name,
      created_at: new Date(parts.now),
      ...(await accountColumns(tx, tenantId, input, parts)),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await appendEvents(tx, tenantId, [{ type: "channel.changed", ref: String(id) }], parts.now);
  return id;
}

/** What differs by kind: how the account is called at its provider, and who signs its webhooks. */
async function accountColumns(tx: Tx, tenantId: number, input: Input, parts: MakingParts) {
  const at = new Date(parts.now);
  switch (input.kind) {
    case "web":
      return {
        app_id: null,
        address: randomToken(16),
        settings: JSON.stringify({ origins: origins(input.origins) }),
      };
    case "whatsapp":
      return {
        app_id: await appWithSecret(tx, tenantId, input.appSecret, at),
        address: input.phoneNumberId,
        token: input.token,
        api_base: parts.apiBases.whatsapp,
        settings: JSON.stringify({ displayPhone: input.displayPhone }),
      };
    case "telegram":
      return {
        app_id: await botApp(tx, botIdOf(input.token), at),
        address: botIdOf(input.token),
        token: input.token,
        api_base: parts.apiBases.telegram,
        settings: JSON.stringify({ botName: input.botName.replace(/^@/, "") }),
      };
    case "email":
      return mailboxColumns(input);
  }
}

/** A bot is an app of its own; its secret is ours to choose. */
async function botApp(tx: Tx, botId: string, at: Date): Promise<string> {
  await tx
    .insertInto("kernel.provider_app")
    .values({ id: botId, kind: "telegram", secret: randomToken(32), verify_token: null, created_at: at })
    .execute();
  return botId;
}

/** One app at Meta signs for all its numbers; two channels of a company with one secret share it. */
async function appWithSecret(tx: Tx, tenantId: number, secret: string, at: Date): Promise<string> {
  const known = await tx
    .selectFrom("kernel.provider_app as a")
    .innerJoin("kernel.channel as c", "c.app_id", "a.id")
    .select("a.id")
    .where("c.tenant_id", "=", tenantId)
    .where("a.kind", "=", "whatsapp")
    .where("a.secret", "=", secret)
    .limit(1)
    .executeTakeFirst();
  if (known) return known.id;
  const id = randomToken(12);
  await tx
    .insertInto("kernel.provider_app")
    .values({ id, kind: "whatsapp", secret, verify_token: randomToken(16), created_at: at })
    .execute();
  return id;
}

/** "123:ABC" -> "123" */
function botIdOf(token: string): string {
  return token.split(":", 1)[0] ?? "";
}

/** Scheme, host and port: what a browser sends as Origin. */
function origins(urls: readonly string[]): string[] {
  return [...new Set(urls.map((url) => new URL(url).origin))];
}

async function update(
  kernel: Kernel,
  { actor, params, body, request }: Call<typeof updateChannel>,
): Promise<Channel> {
  const { tenantId } = actor;
  const now = kernel.clock.now();
  const record = await kernel.db.registry(async (tx) => {
    const before = await channelRecord(tx, tenantId, params.id);
    checkToken(before, body.token);
    let settings = { ...before.settings };
    if (body.mailbox && before.kind === "email") settings = changedMailbox(settings, body.mailbox);
    if (body.origins && before.kind === "web") settings.origins = origins(body.origins);
    if (body.displayPhone !== undefined && before.kind === "whatsapp")
      settings.displayPhone = body.displayPhone;
    await tx
      .updateTable("kernel.channel")
      .set({
        name: body.name ?? before.name,
        active: body.active ?? before.active,
        token: body.token ?? before.token,
        settings: JSON.stringify(settings),
      })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", params.id)
      .execute();
    await appendEvents(tx, tenantId, [{ type: "channel.changed", ref: String(params.id) }], now);
    return channelRecord(tx, tenantId, params.id);
  });
  const isNew = body.token !== undefined || body.active === true;
  if (isNew) return view(kernel, actor, request, await settled(kernel, record, baseOf(kernel, request)));
  await loadEverywhere(kernel, tenantId);
  return view(kernel, actor, request, record);
}

function checkToken(channel: ChannelRecord, token: string | undefined): void {
  if (token === undefined) return;
  const isFault =
    channel.kind === "web" || (channel.kind === "telegram" && botIdOf(token) !== channel.address);
  if (isFault || token === "")
    throw new AppError("bad_request", undefined, [{ path: "token", message: "is not of this account" }]);
}

async function loadEverywhere(kernel: Kernel, tenantId: number): Promise<void> {
  await Promise.all([kernel.announce("registry", tenantId), kernel.registry.reload()]);
}

/** Makes the channel known to every process, then tells a provider that takes it by API where we are. */
async function settled(kernel: Kernel, record: ChannelRecord, base: string): Promise<ChannelRecord> {
  await loadEverywhere(kernel, record.tenant_id);
  const connect = kernel.adapters.get(record.kind)?.connect;
  if (!connect || !record.app_id || !record.secret || !record.active) return record;
  const webhook = { url: webhookOf(record.app_id, base), secret: record.secret };
  const result = await connect(accountOf(record), webhook).catch((error: Error) => ({
    ok: false,
    text: error.message,
  }));
  return setHealth(kernel, record, result);
}

async function setHealth(
  kernel: Kernel,
  record: ChannelRecord,
  result: { ok: boolean; text: string },
): Promise<ChannelRecord> {
  const now = kernel.clock.now();
  const place = { tenant_id: record.tenant_id, id: record.id };
  return kernel.db.registry(async (tx) => {
    await tx
      .updateTable("kernel.channel")
      .set({
        health_light: result.ok ? "ok" : "bad",
        health_text: result.text.slice(0, 300),
        health_at: new Date(now),
      })
      .where("tenant_id", "=", place.tenant_id)
      .where("id", "=", place.id)
      .execute();
    await appendEvents(tx, place.tenant_id, [{ type: "channel.changed", ref: String(place.id) }], now);
    return channelRecord(tx, place.tenant_id, place.id);
  });
}

/** Asks the provider; a page needs none. */
async function check(kernel: Kernel, actor: Actor, id: number): Promise<{ ok: boolean; text: string }> {
  const record = await recordOf(kernel, actor, id);
  const ask = kernel.adapters.get(record.kind)?.check;
  if (!ask) return { ok: record.active, text: record.active ? "" : "switched off" };
  const answer = await ask(accountOf(record)).catch((error: Error) => ({ ok: false, text: error.message }));
  const result = { ok: answer.ok, text: answer.text };
  await setHealth(kernel, record, result);
  return result;
}

function recordOf(kernel: Kernel, actor: Actor, id: number): Promise<ChannelRecord> {
  return kernel.db.registry((tx) => channelRecord(tx, actor.tenantId, id));
}
