import { sql } from "kysely";
import type { Channel } from "../api/company.ts";
import type { ChannelAccount } from "../channel.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";

/** A channel with what the provider's side knows; read as the node's role, because apps belong to no tenant. */
export interface ChannelRecord {
  tenant_id: number;
  id: number;
  kind: Channel["kind"];
  app_id: string | null;
  address: string;
  name: string;
  api_base: string;
  token: string;
  settings: Record<string, unknown>;
  active: boolean;
  health_light: Channel["health"]["light"];
  health_text: string;
  health_at: Date | null;
  secret: string | null;
  verify_token: string | null;
}

export async function channelRecords(tx: Tx, tenantId: number, id?: number): Promise<ChannelRecord[]> {
  const { rows } = await sql<ChannelRecord>`
    select c.tenant_id, c.id, c.kind, c.app_id, c.address, c.name, c.api_base, c.token, c.settings, c.active, c.health_light,
      c.health_text, c.health_at, a.secret, a.verify_token
    from kernel.channel c left join kernel.provider_app a on a.id = c.app_id
    where c.tenant_id = ${tenantId} and c.kind <> 'phone' ${id === undefined ? sql`` : sql`and c.id = ${id}`} order by c.id`.execute(
    tx,
  );
  return rows;
}

/** @throws AppError not_found */
export async function channelRecord(tx: Tx, tenantId: number, id: number): Promise<ChannelRecord> {
  const [record] = await channelRecords(tx, tenantId, id);
  if (!record) throw new AppError("not_found");
  return record;
}

/** @param base our address as providers and pages reach it, without a trailing slash */
export function channelOf(record: ChannelRecord, base: string, isManager: boolean): Channel {
  return {
    id: record.id,
    kind: record.kind,
    name: record.name,
    address: record.address,
    active: record.active,
    health: {
      light: record.health_light,
      text: record.health_text,
      at: record.health_at?.toISOString() ?? null,
    },
    settings: record.settings,
    webhook: record.app_id === null ? null : webhookOf(record.app_id, base),
    // Whoever has it can answer Meta's handshake in our name.
    verifyToken: isManager ? record.verify_token : null,
    snippet:
      record.kind === "web"
        ? `<script src="${base}/widget.js" data-key="${record.address}" async></script>`
        : null,
  };
}

export function webhookOf(appId: string, base: string): string {
  return `${base}/hooks/${encodeURIComponent(appId)}`;
}

export function accountOf(record: ChannelRecord): ChannelAccount {
  return {
    id: record.id,
    tenantId: record.tenant_id,
    kind: record.kind,
    appId: record.app_id,
    address: record.address,
    name: record.name,
    apiBase: record.api_base,
    token: record.token,
    settings: record.settings,
  };
}
