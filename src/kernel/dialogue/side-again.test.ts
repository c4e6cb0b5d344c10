import { expect, it } from "vitest";
import { world } from "#kernel/testing";
import { offerSideReplies } from "./side-again.ts";
import { sideTimer } from "./side-mail.ts";

it("an answer whose timer was given up is offered again, one that waits for its turn is left alone", async () => {
  const w = await world();
  const { id: tenantId } = await w.tenant();
  const at = new Date(w.clock.now());
  const replies: string[] = [];
  for (const key of ["a", "b"]) {
    const { rows } = await w.kernel.db.node.query<{ id: number }>(
      `with s as (insert into kernel.side_mail (tenant_id, key, room, ref, conversation_id, expires_at, forget_at)
          values ($1, gen_random_uuid(), 'colleagues', $2, 1, $3, $3) returning tenant_id, id)
        insert into kernel.side_reply (tenant_id, side_mail_id, mail, received_at) select tenant_id, id, '{}', $3 from s returning id`,
      [tenantId, key, at],
    );
    replies.push(String(rows[0]?.id));
  }
  const [lost, waiting] = replies;
  const kind = sideTimer("colleagues");
  const later = new Date(w.clock.now() + 60_000);
  await w.kernel.db.node.query(
    "insert into kernel.timer (tenant_id, kind, key, due_at, payload, attempts) values ($1, $2, $3, $4, '{}', 5)",
    [tenantId, kind, waiting, later],
  );
  const timers = async () => {
    const { rows } = await w.kernel.db.node.query(
      "select key, due_at, attempts from kernel.timer where tenant_id = $1 and kind = $2 order by attempts",
      [tenantId, kind],
    );
    return rows;
  };
  expect(await offerSideReplies(w.kernel)).toBe(1);
  const both = [
    { key: lost, due_at: at, attempts: 0 },
    { key: waiting, due_at: later, attempts: 5 },
  ];
  expect(await timers()).toEqual(both);
  expect(await offerSideReplies(w.kernel)).toBe(0);
  expect(await timers()).toEqual(both);
  await w.close();
});
