import { beforeAll, expect, test } from "vitest";
import * as delivery from "../../src/skills/delivery/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { newCompany } from "../outside/company.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";
import { cityWith } from "./delivery-stage.ts";

/** A city's street map as one file: who may bring it, who may read it, and that it goes when it is replaced. */

/** Signature and version of PMTiles, and something behind it that tells two files apart. */
const archive = (rest: string) => Buffer.concat([Buffer.from("PMTiles\x03", "latin1"), Buffer.from(rest)]);

let node: SharedNode;
let owner: ApiClient;
let stranger: ApiClient;
let cityId: number;

beforeAll(async () => {
  node = await sharedNode();
  owner = (await newCompany(node)).owner;
  stranger = (await newCompany(node)).owner;
  cityId = (await owner.call(delivery.createDeliveryCity, { body: cityWith() })).id;
}, 180_000);

const upload = (who: ApiClient, bytes: Buffer, as: "as=map&" | "" = "as=map&") =>
  fetch(`${who.base}/api/v1/files?${as}name=hamburg.pmtiles`, {
    method: "POST",
    headers: { ...who.headers, "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
const stored = async (who: ApiClient, rest: string): Promise<string> => {
  const answer = await upload(who, archive(rest));
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { fileId: string }).fileId;
};
const read = (who: ApiClient, fileId: string, range = "bytes=0-7") =>
  fetch(`${who.base}/api/v1/files/${fileId}`, { headers: { ...who.headers, range } });

test("a map comes in as a map only, and nothing else as one", async () => {
  expect((await upload(owner, Buffer.from("<html>"))).status).toBe(415);
  expect((await upload(owner, archive("a"), "")).status).toBe(415);
});

test("is read by ranges in its company, and by no other", async () => {
  const fileId = await stored(owner, "first");
  const params = { id: cityId };
  const { tiles } = await owner.call(delivery.putCityTiles, {
    params,
    body: { fileId, attribution: "© OpenStreetMap contributors" },
  });
  expect(tiles).toEqual({
    fileId,
    name: "hamburg.pmtiles",
    bytes: archive("first").length,
    attribution: "© OpenStreetMap contributors",
  });
  expect((await owner.call(delivery.getCityMap, { params })).tiles).toEqual(tiles);
  const part = await read(owner, fileId);
  expect([part.status, Buffer.from(await part.arrayBuffer()).toString("latin1")]).toEqual([
    206,
    "PMTiles\x03",
  ]);
  expect((await read(stranger, fileId)).status).toBe(404);
  const foreign = await stored(stranger, "foreign");
  expect((await owner.refused(delivery.putCityTiles, { params, body: { fileId: foreign } })).code).toBe(
    "bad_request",
  );
  expect((await stranger.refused(delivery.deleteCityTiles, { params })).code).toBe("not_found");
});

test("goes when another takes its place, and when it is removed", async () => {
  const params = { id: cityId };
  const before = (await owner.call(delivery.getCityMap, { params })).tiles?.fileId ?? "";
  const fileId = await stored(owner, "second");
  await owner.call(delivery.putCityTiles, { params, body: { fileId } });
  expect([(await read(owner, before)).status, (await read(owner, fileId)).status]).toEqual([404, 206]);
  await owner.call(delivery.deleteCityTiles, { params });
  expect((await owner.call(delivery.getCityMap, { params })).tiles).toBeNull();
  expect((await read(owner, fileId)).status).toBe(404);
});
