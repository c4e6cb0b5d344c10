import type { ChannelAdapter, Inbound } from "../channel.ts";
import { seenKey } from "../ids.ts";
import type { RegisteredAccount, Registry } from "../tenants/registry.ts";
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
  amendments: Located<"edit" | "revoke">[];
  preferences: Located<"preference">[];
  receipts: Located<"receipt">[];
  accountNotices: Located<"account">[];
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
    amendments: [],
    preferences: [],
    receipts: [],
    accountNotices: [],
    parked: [],
    homeless: 0,
  };
  for (const inbox of items) sortBody(inbox, batch, parts);
  // Array.sort is stable: equal seconds keep the order of arrival.
  batch.messages.sort((a, b) => Math.floor(a.item.sentAt / 1000) - Math.floor(b.item.sentAt / 1000));
  return batch;
}

function sortBody(
  inbox: InboxItem,
  batch: SortedBatch,
  parts: { registry: Registry; adapters: ReadonlyMap<string, ChannelAdapter> },
): void {
  const { registry, adapters } = parts;
  const channel = inbox.channelId === null ? undefined : registry.account(inbox.channelId);
  const app = registry.app(inbox.appId) ?? {
    id: inbox.appId,
    kind: channel?.kind ?? "",
    secret: "",
    verifyToken: null,
  };
  const adapter = adapters.get(app.kind || (channel?.kind ?? ""));
  if (!adapter) {
    batch.homeless += 1;
    return;
  }
  let found = 0;
  for (const item of adapter.parse(inbox.body, app, inbox.receivedAt)) {
    const named = { appId: app.id, kind: adapter.kind, address: item.address };
    const account = addressedAccount(registry, named) ?? channel;
    if (!account) continue;
    found += 1;
    place({ item, account, inbox, seenKey: "" }, batch);
  }
  if (found === 0) batch.homeless += 1;
}

function place(located: Located, batch: SortedBatch): void {
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
        tenantId: account.tenantId,
        id: inbox.id,
        appId: inbox.appId,
        channelId: account.id,
        body: inbox.body,
        reason: item.reason,
        receivedAt: inbox.receivedAt,
      });
      return;
    case "ignored":
  }
}
