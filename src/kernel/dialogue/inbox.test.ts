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
    (await claimInbox(client, 10, limitBytes)).map(({ body }) => body.length);
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
