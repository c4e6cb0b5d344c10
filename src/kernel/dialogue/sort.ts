import type { ChannelAdapter, Inbound } from "../channel.ts";
import { seenKey } from "../ids.ts";
import type { RegisteredAccount, Registry } from "../tenants/registry.ts";
import { businessOf, type HeardNews } from "../tenants/template-news.ts";
import { addressedAccount } from "./addressed.ts";
import type { InboxItem, ParkedItem } from "./inbox.ts";

/** Bodies become items, items find their account: the batch, sorted into what is done with it. */

export type Located<Kind extends Inbound["kind"] = Inbound["kind"]> = {
  item: Extract<Inbound, { kind: Kind }>;
  account: RegisteredAccount;
  inbox: InboxItem;
  /** "" for kinds that need no dedupe. */
  seenKey: string;
};

export interface SortedBatch {
  /** In turn order: per conversation the provider's second, then arrival. */
  messages: Located<"message">[];
  /** Answers to mails beside a conversation: seen, and nobody's words (side-claim.ts). */
  beside: Located<"message">[];
  amendments: Located<"edit" | "revoke">[];
  preferences: Located<"preference">[];
  receipts: Located<"receipt">[];
  accountNotices: Located<"account">[];
  /** It names no number, so it is nobody's yet. */
  templateNews: HeardNews[];
  parked: ParkedItem[];
  /** Bodies whose address no tenant has. */
  homeless: number;
}

export function sortBatch(
  items: readonly InboxItem[],
  parts: { registry: Registry; adapters: ReadonlyMap<string, ChannelAdapter> },
): SortedBatch {
  const batch: SortedBatch = {
    messages: [],
    beside: [],
    amendments: [],
    preferences: [],
    receipts: [],
    accountNotices: [],
    templateNews: [],
    parked: [],
    homeless: 0,
  };
  for (const inbox of items) sortBody(inbox, batch, parts);
  // Array.sort is stable: equal seconds keep the order of arrival.
  batch.messages.sort((a, b) => Math.floor(a.item.sentAt / 1000) - Math.floor(b.item.sentAt / 1000));
  return batch;
}

interface Parts {
  registry: Registry;
  adapters: ReadonlyMap<string, ChannelAdapter>;
}

function sortBody(inbox: InboxItem, batch: SortedBatch, parts: Parts): void {
  const read = readBody(inbox, parts);
  for (const { item, account } of read.items) place({ item, account, inbox, seenKey: "" }, read, batch);
  batch.templateNews.push(...read.news);
  if (read.items.length === 0 && read.news.length === 0) batch.homeless += 1;
}

interface ReadBody {
  inbox: InboxItem;
  adapter: ChannelAdapter | undefined;
  items: { item: Inbound; account: RegisteredAccount }[];
  news: HeardNews[];
  /** Somebody wrote to a number that no company of ours has by this app. */
  hasStrangers: boolean;
}

function readBody(inbox: InboxItem, { registry, adapters }: Parts): ReadBody {
  const channel = inbox.channelId === null ? undefined : registry.account(inbox.channelId);
  // The door knew it: it must not be taken for nobody's.
  if (inbox.channelId !== null && !channel) throw new Error(`Channel ${inbox.channelId} is not loaded`);
  const kind = registry.app(inbox.appId)?.kind ?? channel?.kind ?? "";
  const app = registry.app(inbox.appId) ?? { id: inbox.appId, kind, secret: "", verifyToken: null };
  const adapter = adapters.get(kind);
  const read: ReadBody = { inbox, adapter, items: [], news: [], hasStrangers: false };
  for (const item of adapter?.parse(inbox.body, app, inbox.receivedAt) ?? []) {
    const named = addressedAccount(registry, { appId: app.id, kind, address: item.address });
    const account = named ?? (isOfAPerson(item) || isOfAnother(item, channel) ? undefined : channel);
    if (item.kind === "account" && item.template)
      read.news.push({
        news: item.template,
        address: item.address,
        app,
        named,
        receivedAt: inbox.receivedAt,
      });
    if (account) read.items.push({ item: notAhead(item, inbox.receivedAt), account });
    else if (isOfAPerson(item)) read.hasStrangers = true;
  }
  return read;
}

/** A clock that runs ahead must not keep the window open longer, nor put what is said next before it. */
function notAhead(item: Inbound, receivedAt: number): Inbound {
  return "sentAt" in item && item.sentAt > receivedAt ? { ...item, sentAt: receivedAt } : item;
}

/** What a person wrote to one number is not shown to the company of another. */
function isOfAPerson({ kind, address }: Inbound): boolean {
  return address !== "" && kind !== "account" && kind !== "ignored" && kind !== "broken";
}

/** Of an app that several companies use, each hears of its own business account only. */
function isOfAnother({ kind, address }: Inbound, channel: RegisteredAccount | undefined): boolean {
  const own = channel && businessOf(channel);
  return kind === "account" && address !== "" && own !== undefined && own !== null && own !== address;
}

/** A company's part of a body. */
export interface Share {
  tenantId: number;
  channelId: number;
  body: Buffer;
}

/** Whose a body is: companies may share an app, and none may see the others' part of a body that spans them. */
export function sharesOf(inbox: InboxItem, parts: Parts): Share[] {
  const read = readBody(inbox, parts);
  const accounts = new Map(read.items.map(({ account }) => [account.tenantId, account]));
  return [...accounts.values()].map((account) => shareOf(read, account));
}

function shareOf(read: ReadBody, { tenantId, id: channelId }: RegisteredAccount): Share {
  const { body } = read.inbox;
  const isWhole = !read.hasStrangers && read.items.every(({ account }) => account.tenantId === tenantId);
  if (isWhole) return { tenantId, channelId, body };
  const own = read.items.filter(({ account }) => account.tenantId === tenantId);
  const addresses = new Set(own.map(({ item }) => item.address));
  return { tenantId, channelId, body: read.adapter?.partFor?.(body, addresses) ?? Buffer.alloc(0) };
}

function place(located: Located, read: ReadBody, batch: SortedBatch): void {
  const { item, account, inbox } = located;
  if ("externalId" in item && item.kind !== "receipt")
    located.seenKey = seenKey(account.id, `${item.kind}:${item.externalId}`);
  switch (item.kind) {
    case "message":
      batch.messages.push(located as Located<"message">);
      return;
    case "edit":
    case "revoke":
      batch.amendments.push(located as Located<"edit" | "revoke">);
      return;
    case "preference":
      batch.preferences.push(located as Located<"preference">);
      return;
    case "receipt":
      batch.receipts.push(located as Located<"receipt">);
      return;
    case "account":
      batch.accountNotices.push(located as Located<"account">);
      return;
    case "broken":
      batch.parked.push({
        ...shareOf(read, account),
        id: inbox.id,
        appId: inbox.appId,
        reason: item.reason,
        receivedAt: inbox.receivedAt,
      });
      return;
    case "ignored":
  }
}
