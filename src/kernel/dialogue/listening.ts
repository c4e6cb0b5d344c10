import type { ListeningHouse, MailboxPosition } from "../channel.ts";
import { pgArray } from "../db/array.ts";
import { checkLease, type Lease, LeaseLost } from "../db/lease.ts";
import { inboxId } from "../ids.ts";
import type { Kernel } from "../kernel.ts";
import { setLight } from "../tenants/channel-health.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import { rotateInbox } from "./inbox.ts";

/**
 * Reads the mailboxes of all companies in the process that holds the worker's lease: bodies and the position go into
 * the database in one transaction, so nothing is lost and nothing is read twice.
 */
export interface Listening {
  stop(): Promise<void>;
}

export interface ListeningOptions {
  lease: Lease;
  onLost(): void;
}

interface Open {
  /** What the listener was opened with: a change opens it anew. */
  as: string;
  stop(): Promise<void>;
}

export function startListening(kernel: Kernel, options: ListeningOptions): Listening {
  const open = new Map<number, Open>();
  let stopped = false;
  let work: Promise<void> = Promise.resolve();

  /** One change after the other, so that no mailbox has two readers. */
  function follow(): void {
    work = work.then(() => (stopped ? undefined : reconcile(kernel, options, open)));
  }

  kernel.registry.onChange(follow);
  follow();
  return {
    async stop() {
      stopped = true;
      await work;
      await Promise.all([...open.values()].map((one) => one.stop()));
    },
  };
}

async function reconcile(kernel: Kernel, options: ListeningOptions, open: Map<number, Open>): Promise<void> {
  const wanted = new Map<number, RegisteredAccount>();
  for (const account of kernel.registry.accounts())
    if (account.active && kernel.adapters.get(account.kind)?.listen) wanted.set(account.id, account);
  const over = [...open].filter(([id, one]) => asOf(wanted.get(id)) !== one.as);
  for (const [id] of over) open.delete(id);
  await Promise.all(over.map(([, one]) => one.stop()));
  for (const [id, account] of wanted) {
    if (open.has(id)) continue;
    const listener = kernel.adapters.get(account.kind)?.listen?.(account, houseOf(kernel, options, account));
    if (listener) open.set(id, { as: asOf(account), stop: () => listener.stop() });
  }
}

function asOf(account: RegisteredAccount | undefined): string {
  return account ? JSON.stringify([account.address, account.token, account.settings]) : "";
}

function houseOf(kernel: Kernel, options: ListeningOptions, account: RegisteredAccount): ListeningHouse {
  const { tenantId, id: channelId } = account;
  return {
    now: () => kernel.clock.now(),
    async position() {
      const { rows } = await kernel.db.node.query<{ uid_validity: number; last_uid: number }>(
        "select uid_validity, last_uid from kernel.mailbox where tenant_id = $1 and channel_id = $2",
        [tenantId, channelId],
      );
      const row = rows[0];
      return row ? { uidValidity: row.uid_validity, lastUid: row.last_uid } : null;
    },
    async take(bodies, position) {
      try {
        await store(kernel, { lease: options.lease, account, bodies, position });
      } catch (error) {
        if (error instanceof LeaseLost) options.onLost();
        // No partition of the inbox may cover this moment yet: the next try finds one.
        await rotateInbox(kernel.db.node, kernel.config.inboxKeepMinutes, kernel.clock.now()).catch(() => {});
        throw error;
      }
      if (bodies.length > 0) kernel.wire.notify("inbox");
    },
    health: (light, text) => setLight(kernel, { tenantId, channelId }, { light, text }),
  };
}

interface Taken {
  lease: Lease;
  account: RegisteredAccount;
  bodies: readonly Buffer[];
  position: MailboxPosition;
}

const INBOX = `
  with r as (select * from unnest($1::bigint[], $2::bytea[]) as t(id, body)),
  i as (insert into kernel.inbox (id, app_id, channel_id, tenant_id, received_at, body) select id, $3, $4, $5, $6, body from r)
  insert into kernel.inbox_queue (id, tenant_id, size) select id, $5, octet_length(body) from r`;

async function store(kernel: Kernel, { lease, account, bodies, position }: Taken): Promise<void> {
  const now = kernel.clock.now();
  const client = await kernel.db.node.connect();
  let failed = true;
  try {
    await client.query("begin");
    await checkLease(client, lease);
    if (bodies.length > 0)
      await client.query(INBOX, [
        pgArray.int8(bodies.map(() => inboxId(now))),
        pgArray.bytea(bodies),
        // Mailboxes have no app of their own; their kind names the adapter.
        account.kind,
        account.id,
        account.tenantId,
        new Date(now),
      ]);
    await client.query(
      `insert into kernel.mailbox (tenant_id, channel_id, uid_validity, last_uid, read_at) values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, channel_id) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, read_at = excluded.read_at`,
      [account.tenantId, account.id, position.uidValidity, position.lastUid, new Date(now)],
    );
    await client.query("commit");
    failed = false;
  } finally {
    client.release(failed);
  }
}
