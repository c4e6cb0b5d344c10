import { sql } from "kysely";
import { AppError, type House } from "#kernel";
import type { NoticesTx } from "./tx.ts";

/** A company as the public addresses name it. @throws AppError not_found */
export async function tenantOf(house: House, slug: string): Promise<number> {
  const row = await house.db.registry((tx) =>
    tx.selectFrom("kernel.tenant").select("id").where("slug", "=", slug).executeTakeFirst(),
  );
  if (!row) throw new AppError("not_found");
  return row.id;
}

/** What the ways in need: the number to write to, the bot, and whether a mailbox can ask for a yes. */
export interface EntryPoints {
  phone: string;
  bot: string;
  mailboxId: number | null;
}

export async function entryPoints(tx: NoticesTx, tenantId: number): Promise<EntryPoints> {
  const { rows } = await sql<{ kind: string; id: number; phone: string | null; bot: string | null }>`
    select kind, id, settings ->> 'displayPhone' as phone, settings ->> 'botName' as bot from kernel.channel
    where tenant_id = ${tenantId} and active order by id`.execute(tx);
  const first = (kind: string) => rows.find((row) => row.kind === kind);
  return {
    phone: (first("whatsapp")?.phone ?? "").replace(/\D/g, ""),
    bot: (first("telegram")?.bot ?? "").replace(/^@/, ""),
    mailboxId: first("email")?.id ?? null,
  };
}
