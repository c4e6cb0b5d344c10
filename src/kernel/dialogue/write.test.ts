import { expect, it } from "vitest";
import { world } from "#kernel/testing";
import { type ContactState, emptyOutcome } from "./state.ts";
import { writeContacts, writeTimers } from "./write.ts";

it("a batch keeps what others wrote on a contact since it was read, and writes the customer's own stop", async () => {
  const w = await world();
  const tenantId = (await w.tenant()).id;
  const now = w.clock.now();
  const stop = new Date(now - 1_000);
  const { rows } = await w.kernel.db.node.query<{ id: number }>(
    "insert into kernel.contact (tenant_id, name, stopped_at, first_seen_at) select $1, n, s, $2 from unnest($3::text[], $4::timestamptz[]) t(n, s) returning id",
    [tenantId, new Date(now), ["Frau Weiß", "", ""], [stop, null, stop]],
  );
  const read = (n: number, more: Partial<ContactState>): ContactState => ({
    tenantId,
    id: rows[n]?.id ?? 0,
    name: "käthe",
    stoppedAt: null,
    erasedAt: null,
    isNew: false,
    changed: true,
    ...more,
  });
  const client = await w.kernel.db.node.connect();
  await writeContacts(
    client,
    [read(0, {}), read(1, { stoppedAt: now, isStopChanged: true }), read(2, { isStopChanged: true })],
    now,
  );
  client.release();
  const after = await w.kernel.db.node.query("select name, stopped_at from kernel.contact order by id");
  expect(after.rows).toEqual([
    { name: "Frau Weiß", stopped_at: stop },
    { name: "käthe", stopped_at: new Date(now) },
    { name: "käthe", stopped_at: null },
  ]);
  await w.close();
});

it("somebody whose first word to us is stop has stopped", async () => {
  const w = await world();
  const tenantId = (await w.tenant()).id;
  const now = w.clock.now();
  const client = await w.kernel.db.node.connect();
  const fresh = { id: 1, name: "", erasedAt: null, isNew: true, changed: true } as const;
  await writeContacts(client, [{ ...fresh, tenantId, stoppedAt: now, isStopChanged: true }], now);
  client.release();
  const { rows } = await w.kernel.db.node.query("select stopped_at from kernel.contact");
  expect(rows).toEqual([{ stopped_at: new Date(now) }]);
  await w.close();
});

it("of two messages in one batch that set the same timer the later one counts", async () => {
  const w = await world();
  const tenantId = (await w.tenant()).id;
  const now = w.clock.now();
  const timer = (key: string, said: string) => ({
    tenantId,
    kind: "look",
    key,
    dueAt: now,
    payload: { said },
  });
  const client = await w.kernel.db.node.connect();
  const timers = [timer("7", "first"), timer("8", "other"), timer("7", "second")];
  await writeTimers(client, { ...emptyOutcome(), timers });
  client.release();
  const { rows } = await w.kernel.db.node.query("select key, payload from kernel.timer order by key");
  expect(rows).toEqual([
    { key: "7", payload: { said: "second" } },
    { key: "8", payload: { said: "other" } },
  ]);
  await w.close();
});
