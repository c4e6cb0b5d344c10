import type { Kernel } from "../kernel.ts";
import { sideTimer } from "./side-mail.ts";

const OFFERED_ROWS = 1_000;

/**
 * Answers beside a conversation that their room failed to take until their timer was given up are offered again: nothing that
 * came is lost, and a fault that is mended meanwhile needs nobody who finds them. @returns how many
 */
export async function offerSideReplies(kernel: Pick<Kernel, "db" | "clock" | "log">): Promise<number> {
  const { rowCount } = await kernel.db.node.query(
    `insert into kernel.timer (tenant_id, kind, key, due_at, payload)
      select r.tenant_id, s.room || $1::text, r.id::text, $2::timestamptz, '{}'::jsonb
      from kernel.side_reply r join kernel.side_mail s on s.tenant_id = r.tenant_id and s.id = r.side_mail_id
      where not exists (select from kernel.timer t where t.tenant_id = r.tenant_id and t.kind = s.room || $1::text and t.key = r.id::text)
      order by r.tenant_id, r.id limit $3 on conflict (tenant_id, kind, key) do nothing`,
    [sideTimer(""), new Date(kernel.clock.now()), OFFERED_ROWS],
  );
  const offered = rowCount ?? 0;
  if (offered > 0) kernel.log.warn({ offered }, "answers that no room could take are offered again");
  return offered;
}
