import pg from "pg";
import type { Kernel, Tx } from "#kernel";
import { type World, world } from "#kernel/testing";

/** A company at the telephone, without HTTP: its database, and persons whose numbers it knows. */
export class TelephoneWorld {
  readonly w: World;
  readonly house: Kernel;
  readonly tenantId: number;
  /** Sees every company. */
  readonly client: pg.Client;
  private readonly channelId: number;

  constructor(w: World, place: { tenantId: number; channelId: number; client: pg.Client }) {
    this.w = w;
    this.house = w.kernel;
    this.tenantId = place.tenantId;
    this.channelId = place.channelId;
    this.client = place.client;
  }

  get now(): number {
    return this.w.clock.now();
  }

  /** In one transaction that sees the company. */
  doing<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.house.db.tenant(this.tenantId, work);
  }

  /** Somebody with a number and a conversation. */
  async person(phone: string): Promise<{ contactId: number; conversationId: number }> {
    const { rows } = await this.client.query<{ contactId: number; conversationId: number }>(
      `with c as (insert into kernel.contact (tenant_id, name, first_seen_at) values ($1, 'Anna', $3) returning id),
          i as (insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
            select $1, 'phone', $4, c.id, $3, $3 from c)
        insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
        select $1, $2, c.id, $4, 'de', $3, $3, $3 from c returning contact_id as "contactId", id as "conversationId"`,
      [this.tenantId, this.channelId, new Date(this.now), phone],
    );
    const [made] = rows;
    if (!made) throw new Error("nobody was made");
    return made;
  }

  /** The rows of one statement; `$1` is the company. */
  async rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.client.query(text, [this.tenantId, ...values])).rows;
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.w.close();
  }
}

export async function openTelephoneWorld(): Promise<TelephoneWorld> {
  const w = await world();
  const { id: tenantId } = await w.tenant();
  const channelId = await w.channel(tenantId, { kind: "web", address: `key-${tenantId}-abcdef` });
  const client = new pg.Client(w.kernel.db.address.config("owner"));
  await client.connect();
  return new TelephoneWorld(w, { tenantId, channelId, client });
}
