import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey, createStaffAccount } from "#kernel";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { sendWebhooks } from "../../src/skills/delivery/adapters/send-webhooks.ts";
import * as delivery from "../../src/skills/delivery/api.ts";
import type { OwnerLetter, OwnerPost } from "../../src/skills/delivery/ports.ts";
import { WEBHOOK_STOPPED } from "../../src/skills/delivery/rules/timer-kinds.ts";
import { openDelivery } from "../../src/skills/delivery/skill.ts";
import { openListGeocoder } from "../../src/skills/delivery/store/list-geocoder.ts";
import { webhookTimers } from "../../src/skills/delivery/store/webhook-timers.ts";
import { openAsker } from "../../src/skills/notices/adapters/sources/ask-service.ts";
import { ApiClient } from "../outside/api-client.ts";
import { type DeliveryStage, openDeliveryStage } from "../outside/delivery-stage.ts";

/** A shop's page shows windows and holds one, its server books; another system is told what becomes of it. */

const SHOP = "https://shop.example";
const ELSEWHERE = "https://elsewhere.example";
const HOLD = "5f0c6cb1-9a3c-4a53-8d8e-3f1d0a2b4c6d";
const THIRD = "5f0c6cb1-9a3c-4a53-8d8e-3f1d0a2b4c6f";
const UNKNOWN = "5f0c6cb1-9a3c-4a53-8d8e-3f1d0a2b4c70";
const ADDRESSES = `Straße;Hausnummer;PLZ;Ort;Breite;Länge
Marktweg;1;20095;Hamburg;53.5510;9.9910
Marktweg;2;20095;Hamburg;53.5512;9.9912
`;

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let stage: DeliveryStage;
let url: string;
let close: () => Promise<void>;
let shop: ApiClient;
let receiver: Server;
let told: Told[] = [];
let answer = 200;

beforeAll(async () => {
  stage = await openDeliveryStage();
  const { kernel } = stage.here;
  const routes = openDelivery({ readTime: () => undefined, geocoder: openListGeocoder }).routes?.(kernel);
  const app = createHttpServer(kernel, { routes: routes ?? [], checkReplies: true });
  await app.listen({ host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  close = () => app.close();
  const { secret } = await createApiKey(kernel, stage.tenantId, { name: "Shop", role: "owner" });
  shop = new ApiClient(url, { "x-api-key": secret });
  await stage.evening("2026-11-26", [{ capacity: 3 }]);
  await stage.call(delivery.importAddressList, {
    params: { id: stage.cityId },
    body: { name: "liste.csv", text: ADDRESSES },
  });
  receiver = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    told.push({ headers: request.headers, body });
    response.writeHead(answer).end();
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  receiver?.close();
  await close?.();
  await stage?.close();
});

const asPage = (path: string, origin: string, body?: unknown) =>
  fetch(`${url}/api/v1/delivery/checkout/${path}`, {
    headers: { origin, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });

describe("a checkout", () => {
  let checkout: delivery.CheckoutReply;

  test("has a key for the origins of its shop; pages of elsewhere are refused, and told so", async () => {
    const wrong = await shop.refused(delivery.createCheckout, {
      body: { name: "Laden", origins: ["https://shop.example/kasse"] },
    });
    expect(wrong.code).toBe("bad_request");
    checkout = await shop.call(delivery.createCheckout, { body: { name: "Laden", origins: [ELSEWHERE] } });
    checkout = await shop.call(delivery.putCheckout, {
      params: { id: checkout.id },
      // As browsers write an origin, whatever the owner typed.
      body: { name: "Laden", origins: ["https://Shop.Example:443"] },
    });
    expect(checkout.origins).toEqual([SHOP]);
    expect((await shop.call(delivery.listCheckouts)).items).toEqual([checkout]);
    expect(checkout.key).toMatch(new RegExp(`^${stage.tenantId}-[0-9a-f]{32}$`));
    // The contract's own paths, as the page calls them.
    expect(delivery.checkoutPlaces.path).toContain("/checkout/:key/places");
    const place = `${checkout.key}/places?text=marktweg%202`;
    const own = await asPage(place, SHOP);
    expect([own.status, own.headers.get("access-control-allow-origin")]).toEqual([200, SHOP]);
    expect(own.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(await own.json()).toMatchObject({ items: [{ address: "Marktweg 2, 20095 Hamburg" }] });
    const other = await asPage(place, ELSEWHERE);
    expect([other.status, other.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    const unknown = await asPage(`${stage.tenantId}-${"0".repeat(32)}/places?text=x`, SHOP);
    expect(unknown.status).toBe(404);
    const tooLarge = await asPage(`9999999999-${"0".repeat(32)}/places?text=x`, SHOP);
    expect(tooLarge.status).toBe(404);
    const preflight = await fetch(`${url}${delivery.checkoutHold.path.replace(":key", checkout.key)}`, {
      method: "OPTIONS",
      headers: { origin: SHOP, "access-control-request-method": "POST" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, "POST"]);
  });

  test("shows windows, holds one once, and the shop's server books it by the hold's id", async () => {
    const query = "lat=53.5512&lon=9.9912&parcels=2";
    expect(delivery.checkoutWindows.path).toContain("/windows");
    const windows = await (await asPage(`${checkout.key}/windows?${query}`, SHOP)).json();
    expect(windows).toMatchObject({ cityId: stage.cityId, timeZone: "Europe/Berlin", refusal: null });
    const [{ eveningId, earliestAt, latestAt }] = windows.windows;
    const body = {
      hold: HOLD,
      cityId: stage.cityId,
      place: { lat: 53.5512, lon: 9.9912 },
      address: "Marktweg 2, 20095 Hamburg",
      window: { eveningId, earliestAt, latestAt },
      parcels: 2,
    };
    const held = await (await asPage(`${checkout.key}/holds`, SHOP, body)).json();
    expect(held).toMatchObject({ outcome: "held", hold: HOLD, instead: null });
    expect(await (await asPage(`${checkout.key}/holds`, SHOP, body)).json()).toEqual(held);
    // Three fit on the round: for two more parcels there is no place.
    const second = { ...body, hold: "5f0c6cb1-9a3c-4a53-8d8e-3f1d0a2b4c6e" };
    const gone = await (await asPage(`${checkout.key}/holds`, SHOP, second)).json();
    expect(gone).toMatchObject({ outcome: "gone", hold: null, instead: { refusal: { reason: "full" } } });

    // What the page held before is given back first, and is held no more by asking for it once more.
    const other = { ...second, insteadOf: HOLD };
    const instead = await (await asPage(`${checkout.key}/holds`, SHOP, other)).json();
    expect(instead).toMatchObject({ outcome: "held", hold: second.hold });
    expect(await (await asPage(`${checkout.key}/holds`, SHOP, body)).json()).toMatchObject({
      outcome: "gone",
      hold: null,
      instead: { refusal: { reason: "full" } },
    });
    const back = await (
      await asPage(`${checkout.key}/holds`, SHOP, { ...body, hold: THIRD, insteadOf: second.hold })
    ).json();
    expect(back).toMatchObject({ outcome: "held", hold: THIRD });

    const nothing = await shop.refused(delivery.bookCheckoutHold, {
      params: { hold: UNKNOWN },
      body: {},
    });
    expect(nothing.code).toBe("not_found");
    const booked = await shop.call(delivery.bookCheckoutHold, {
      params: { hold: THIRD },
      body: { senderReference: "W-1", doorNote: "2. Stock" },
    });
    expect(booked).toMatchObject({
      outcome: "booked",
      delivery: { state: "booked", senderReference: "W-1", doorNote: "2. Stock", demand: 2 },
    });
    // A page that still thinks it holds that takes nothing away from who ordered.
    await asPage(`${checkout.key}/holds`, SHOP, { ...body, hold: UNKNOWN, insteadOf: THIRD });
    const { state } = await shop.call(delivery.getDelivery, { params: { id: booked.delivery?.id ?? 0 } });
    expect(state).toBe("booked");
  });

  test("holds are few from one address, and a key that is taken away opens nothing", async () => {
    const body = { hold: HOLD, cityId: stage.cityId, place: { lat: 53.55, lon: 9.99 }, address: "x" };
    const window = {
      eveningId: 1,
      earliestAt: "2026-11-26T17:00:00Z",
      latestAt: "2026-11-26T19:00:00Z",
    };
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++)
      statuses.push((await asPage(`${checkout.key}/holds`, SHOP, { ...body, window })).status);
    expect(statuses.at(-1)).toBe(429);
    await shop.call(delivery.deleteCheckout, { params: { id: checkout.id } });
    expect((await asPage(`${checkout.key}/places?text=marktweg`, SHOP)).status).toBe(404);
  });
});

describe("a webhook", () => {
  let webhookId: number;
  let secret: string;
  let id: number;
  const hostOf = () => `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const send = async (allowed = [hostOf()]) => {
    const asker = openAsker({ allowedHosts: allowed });
    const timer = {
      tenantId: stage.tenantId,
      kind: "delivery_webhooks",
      key: "all",
      payload: {},
      attempts: 0,
    };
    await sendWebhooks(stage.here.kernel, asker.ask, timer);
    await asker.close();
  };
  const last = async () => (await shop.call(delivery.listDeliveryWebhooks)).items[0];

  test("is told what is booked, signed, without anything personal; an address of the own network is not asked", async () => {
    const made = await shop.call(delivery.createDeliveryWebhook, {
      body: { url: `http://${hostOf()}/hook` },
    });
    webhookId = made.webhook.id;
    secret = made.secret;
    expect(made.webhook).toMatchObject({ state: "waiting", waiting: 0, last: [] });
    const { windows } = await shop.call(delivery.listDeliveryWindows, {
      query: { lat: 53.551, lon: 9.991 },
    });
    const { eveningId = 0, earliestAt = "", latestAt = "" } = windows[0] ?? {};
    const held = await shop.call(delivery.holdDelivery, {
      body: {
        key: "w-1",
        cityId: stage.cityId,
        place: { lat: 53.551, lon: 9.991 },
        window: { eveningId, earliestAt, latestAt },
        address: "Marktweg 1, 20095 Hamburg",
        senderReference: "W-2",
      },
    });
    id = held.delivery?.id ?? 0;
    await shop.call(delivery.bookDelivery, { params: { id }, body: {} });
    await shop.call(delivery.bookDelivery, { params: { id }, body: {} });
    await send([]);
    expect(told).toEqual([]);
    expect(await last()).toMatchObject({
      state: "failing",
      waiting: 1,
      last: [{ type: "delivery.booked", attempts: 1, status: 0, fault: "private_address" }],
    });
    stage.here.clock.advance(60_000);
    await send();
    const [message] = told;
    expect(JSON.parse(message?.body ?? "")).toMatchObject({
      type: "delivery.booked",
      data: { id, reference: "W-2", state: "booked", window: { from: earliestAt.replace(".000Z", "Z") } },
    });
    expect(message?.body).not.toMatch(/Marktweg|53\.5/);
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const { "webhook-id": messageId, "webhook-timestamp": at } = message?.headers ?? {};
    const signed = createHmac("sha256", key).update(`${messageId}.${at}.${message?.body}`).digest("base64");
    expect(message?.headers["webhook-signature"]).toBe(`v1,${signed}`);
    expect(await last()).toMatchObject({ state: "works", waiting: 0, failingSince: null });
  });

  test("what does not arrive comes again with its id, in its order", async () => {
    told = [];
    answer = 500;
    const free = await shop.call(delivery.windowsForDelivery, { params: { id } });
    const { eveningId = 0, earliestAt = "", latestAt = "" } = free.windows.at(-1) ?? {};
    await shop.call(delivery.changeDelivery, {
      params: { id },
      body: { window: { eveningId, earliestAt, latestAt } },
    });
    await shop.call(delivery.cancelDelivery, { params: { id }, body: {} });
    await send();
    expect(told.map(({ body }) => JSON.parse(body).type)).toEqual(["delivery.changed"]);
    await send();
    expect(told).toHaveLength(1);
    answer = 204;
    stage.here.clock.advance(60_000);
    await send();
    expect(told.map(({ body }) => JSON.parse(body).type)).toEqual([
      "delivery.changed",
      "delivery.changed",
      "delivery.cancelled",
    ]);
    expect(told[1]?.headers["webhook-id"]).toBe(told[0]?.headers["webhook-id"]);

    expect(await last()).toMatchObject({ state: "works" });
  });

  test("after a day of failures it stops, its owner hears it, and sending again tells once what is true now", async () => {
    const { kernel, clock } = stage.here;
    const { windows } = await shop.call(delivery.listDeliveryWindows, { query: { lat: 53.551, lon: 9.991 } });
    const [first, second] = windows;
    if (!first || !second) throw new Error("no two windows");
    const windowOf = ({ eveningId, earliestAt, latestAt }: typeof first) => ({
      eveningId,
      earliestAt,
      latestAt,
    });
    const held = await shop.call(delivery.holdDelivery, {
      body: {
        key: "w-3",
        cityId: stage.cityId,
        place: { lat: 53.551, lon: 9.991 },
        window: windowOf(first),
        address: "Marktweg 1, 20095 Hamburg",
      },
    });
    const params = { id: held.delivery?.id ?? 0 };
    await shop.call(delivery.bookDelivery, { params, body: {} });
    clock.advance(2_000);
    await send();
    told = [];
    answer = 410;
    await shop.call(delivery.changeDelivery, { params, body: { window: windowOf(second) } });
    const failing = clock.now();
    for (let hour = 0; hour < 30; hour++) {
      clock.advance(3_600_000);
      await send();
    }
    expect(clock.now() - failing).toBeGreaterThan(86_400_000);
    expect(await last()).toMatchObject({ state: "stopped" });
    const tries = told.length;
    await send();
    expect(told).toHaveLength(tries);
    // The customer takes it back while nobody is told.
    await shop.call(delivery.cancelDelivery, { params, body: {} });

    const mails: OwnerLetter[] = [];
    let fate: "again" | "sent" = "again";
    await createStaffAccount(kernel, {
      tenantId: stage.tenantId,
      email: "chefin@hanse.example",
      name: "Chefin",
      role: "owner",
      departmentId: null,
    });
    const owners: OwnerPost = {
      send: async (_, letter) => {
        mails.push(letter);
        return fate;
      },
      deskUrl: () => "https://node.example/desk",
    };
    const mail = async () => {
      const [row] = await stage.rows(
        "select key, payload from kernel.timer where kind = 'delivery_webhook_stopped'",
      );
      if (!row) return false;
      const { key, payload } = row as { key: string; payload: Record<string, unknown> };
      const timer = { tenantId: stage.tenantId, kind: WEBHOOK_STOPPED, key, payload, attempts: 0 };
      await webhookTimers(kernel, { post: undefined, owners })[WEBHOOK_STOPPED](timer);
      return true;
    };
    // The mail's server is busy at first.
    expect(await mail()).toBe(true);
    fate = "sent";
    expect(await mail()).toBe(true);
    expect(await mail()).toBe(false);
    expect(mails.map(({ to, key }) => [to, key])).toEqual([
      ["chefin@hanse.example", mails[0]?.key],
      ["chefin@hanse.example", mails[0]?.key],
    ]);
    expect(mails[0]?.subject).toContain("Ein System wird nicht mehr unterrichtet");
    expect(mails[0]?.text).toContain(`http://${hostOf()}/hook`);
    expect(mails[0]?.text).toContain("HTTP 410");
    expect(mails[0]?.text).toContain("https://node.example/desk/delivery/setup/systems");

    answer = 200;
    told = [];
    const resumed = await shop.call(delivery.resumeDeliveryWebhook, { params: { id: webhookId } });
    expect(resumed).toMatchObject({ waiting: 1, failingSince: null });
    clock.advance(2_000);
    await send();
    expect(told.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "delivery.cancelled", data: { id: params.id, state: "cancelled" } },
    ]);
    expect(await last()).toMatchObject({ state: "works", waiting: 0 });
    await shop.call(delivery.deleteDeliveryWebhook, { params: { id: webhookId } });
    expect((await shop.call(delivery.listDeliveryWebhooks)).items).toEqual([]);
  });
});
