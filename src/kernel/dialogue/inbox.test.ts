import { expect, it } from "vitest";
import { world } from "#kernel/testing";
import { claimInbox } from "./inbox.ts";

it("a claim takes no more bytes than fit, and always one body", async () => {
  const w = await world();
  const tenantId = (await w.tenant()).id;
  for (const size of [100, 100, 100, 900, 10])
    await w.ingest.enqueue({ appId: "app", channelId: null, tenantId, body: Buffer.alloc(size, "x") });
  const client = await w.kernel.db.node.connect();
  const sizes = async (limitBytes: number) =>
    (await claimInbox(client, 10, { bytes: limitBytes })).map(({ body }) => body.length);
  expect(await sizes(1)).toEqual([100]);
  expect(await sizes(250)).toEqual([100, 100]);
  expect(await sizes(1_199)).toEqual([100, 100, 100]);
  expect(await sizes(1_200)).toEqual([100, 100, 100, 900]);
  expect(await sizes(10_000)).toEqual([100, 100, 100, 900, 10]);
  client.release();
  await w.close();
});

it("a body comes back byte for byte", async () => {
  const w = await world();
  const tenantId = (await w.tenant()).id;
  const bodies = [
    Buffer.from('{"text":"Grüße 👋 \\u00fc"}'),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    Buffer.from(Array.from({ length: 255 }, (_, byte) => byte + 1)),
    Buffer.alloc(0),
  ];
  for (const body of bodies) await w.ingest.enqueue({ appId: "app", channelId: null, tenantId, body });
  const client = await w.kernel.db.node.connect();
  expect((await claimInbox(client, 10)).map(({ body }) => body)).toEqual(bodies);
  client.release();
  await w.close();
});

it("a claim gives small companies all they have, and the room they leave to the large ones", async () => {
  const w = await world();
  const tenants = [(await w.tenant()).id, (await w.tenant()).id, (await w.tenant()).id];
  const waiting = [300, 60, 1];
  const body = Buffer.from("{}");
  await Promise.all(
    tenants.flatMap((tenantId, n) =>
      Array.from({ length: waiting[n] ?? 0 }, () =>
        w.ingest.enqueue({ appId: "app", channelId: null, tenantId, body }),
      ),
    ),
  );
  const client = await w.kernel.db.node.connect();
  const taken = await claimInbox(client, 120);
  const counts = tenants.map((tenant) => taken.filter(({ tenantId }) => tenantId === tenant).length);
  expect(counts[2]).toBe(1);
  expect(counts[1]).toBeGreaterThanOrEqual(40);
  expect(taken.length).toBeGreaterThanOrEqual(118);
  expect(taken.length).toBeLessThanOrEqual(120);
  expect(taken.map(({ id }) => id)).toEqual(taken.map(({ id }) => id).sort((a, b) => a - b));
  client.release();
  await w.close();
});

it("in a long queue the oldest go first, too: nobody waits for ever for being large", async () => {
  const w = await world();
  const large = (await w.tenant()).id;
  const small = [(await w.tenant()).id, (await w.tenant()).id, (await w.tenant()).id, (await w.tenant()).id];
  const body = Buffer.from("{}");
  const write = (tenantId: number) => w.ingest.enqueue({ appId: "app", channelId: null, tenantId, body });
  for (let n = 0; n < 12; n++) await write(large);
  for (let n = 0; n < 4; n++) for (const tenantId of small) await write(tenantId);
  const client = await w.kernel.db.node.connect();
  const taken = await claimInbox(client, 10);
  expect(taken).toHaveLength(10);
  expect(taken.slice(0, 5).every(({ tenantId }) => tenantId === large)).toBe(true);
  expect(new Set(taken.map(({ tenantId }) => tenantId)).size).toBeGreaterThanOrEqual(3);
  client.release();
  await w.close();
});

it("a flood takes a bite of a batch that others wait for, however old it is, and all of one that nobody else waits for", async () => {
  const w = await world();
  const [flooded, ...others] = await Promise.all(
    Array.from({ length: 9 }, async () => (await w.tenant()).id),
  );
  const body = Buffer.from("{}");
  const write = (tenantId = 0) => w.ingest.enqueue({ appId: "app", channelId: null, tenantId, body });
  await Promise.all(Array.from({ length: 700 }, () => write(flooded)));
  const client = await w.kernel.db.node.connect();
  expect(await claimInbox(client, 500)).toHaveLength(500);
  await Promise.all(others.flatMap((tenantId) => [write(tenantId), write(tenantId)]));
  const taken = await claimInbox(client, 500);
  expect(taken.filter(({ tenantId }) => tenantId === flooded)).toHaveLength(64);
  expect(taken.filter(({ tenantId }) => others.includes(tenantId))).toHaveLength(16);
  // The oldest of the flood go first.
  const first = Math.min(...taken.map(({ id }) => id));
  expect(taken[0]).toMatchObject({ id: first, tenantId: flooded });
  client.release();
  await w.close();
});

it("two pumps divide the companies, and leave none out", async () => {
  const w = await world();
  const tenants = [(await w.tenant()).id, (await w.tenant()).id, (await w.tenant()).id];
  for (const tenantId of [...tenants, 0])
    await w.ingest.enqueue({ appId: "app", channelId: null, tenantId, body: Buffer.from("{}") });
  const client = await w.kernel.db.node.connect();
  const parts = await Promise.all(
    [0, 1].map(async (lane) =>
      (await claimInbox(client, 10, { lane: { lane, lanes: 2 } })).map(({ tenantId }) => tenantId),
    ),
  );
  expect(parts.flat().sort((a, b) => a - b)).toEqual([0, ...tenants].sort((a, b) => a - b));
  expect(parts[0]?.every((id) => id % 2 === 0)).toBe(true);
  client.release();
  await w.close();
});
