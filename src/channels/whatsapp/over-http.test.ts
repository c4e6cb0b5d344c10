import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChannelAccount, Content, Inbound, OutboundMessage, ProviderApp, SendResult } from "#kernel";
import { createWhatsapp } from "./index.ts";

/** The adapter against the simulator in its own process, over real HTTP, started as everybody starts it. */

const whatsapp = createWhatsapp({ connectTimeoutMs: 1000, answerTimeoutMs: 1000 });
const app: ProviderApp = { id: "app", kind: "whatsapp", secret: "gehütet", verifyToken: null };
const account: ChannelAccount = {
  id: 1,
  tenantId: 1,
  kind: "whatsapp",
  appId: "app",
  address: "106540352242922",
  name: "Hansekontor",
  apiBase: "",
  token: "right-token",
  settings: {},
};

interface Hook {
  headers: IncomingHttpHeaders;
  raw: Buffer;
}

let simulator: ChildProcess;
let url = "";
let hooks: Hook[] = [];
let hookStatus: number[] = [];
let hookServer: Server;
let awaited = () => {};

beforeAll(async () => {
  hookServer = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      hooks.push({ headers: request.headers, raw: Buffer.concat(parts) });
      response.writeHead(hookStatus.shift() ?? 200).end();
      awaited();
    });
  });
  await new Promise<void>((resolve) => hookServer.listen(0, "127.0.0.1", resolve));
  const webhook = `http://127.0.0.1:${(hookServer.address() as AddressInfo).port}/hooks/app`;
  const settings = {
    port: 0,
    appSecret: app.secret,
    webhook,
    token: account.token,
    retryMs: 20,
    receipts: { delayMs: 0 },
  };
  const main = new URL("../../simulator/main.ts", import.meta.url).pathname;
  const args = [
    main,
    "--with-parent",
    "--json",
    JSON.stringify({ whatsapp: { ...settings, phoneNumberId: account.address } }),
  ];
  simulator = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  if (!simulator.stdout) throw new Error("no stdout");
  const [line] = (await once(createInterface(simulator.stdout), "line")) as [string];
  url = (JSON.parse(line) as { whatsapp: { url: string } }).whatsapp.url;
  account.apiBase = `${url}/v23.0`;
});

afterAll(async () => {
  hookServer.close();
  simulator.stdin?.end();
  const [code] = await once(simulator, "exit");
  expect(code).toBe(0);
});

beforeEach(async () => {
  await tell("/_fail", { times: 0 });
  await fetch(`${url}/_sent`, { method: "DELETE" });
  hooks = [];
  hookStatus = [];
});

async function tell(path: string, body: unknown): Promise<{ id?: string }> {
  const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return (await response.json()) as { id?: string };
}

async function sent(): Promise<{ at: string; to: string; type: string; body: Record<string, unknown> }[]> {
  return (await (await fetch(`${url}/_sent`)).json()) as Awaited<ReturnType<typeof sent>>;
}

async function hooksOf(count: number): Promise<Hook[]> {
  while (hooks.length < count) await new Promise<void>((resolve) => (awaited = resolve));
  return hooks;
}

/** Checks every signature, as the house does, and reads what came. */
function itemsOf(list: readonly Hook[]): Inbound[] {
  return list.flatMap((hook) => {
    expect(whatsapp.verify(hook, app)).toHaveLength(16);
    expect(whatsapp.addressOf(hook.raw, app)).toBe(account.address);
    return whatsapp.parse(hook.raw, app, Date.now());
  });
}

let count = 0;
function send(
  content: Content,
  more: Partial<OutboundMessage> & { attempt?: number } = {},
): Promise<SendResult> {
  count += 1;
  return whatsapp.send({ correlation: `m-${count}`, to: `4915100${count}`, content, ...more }, account);
}

const text: Content = { type: "text", text: "Grüße aus Hamburg 👋" };

describe("a send", () => {
  test("is accepted, and its signed receipts come back with our correlation", async () => {
    const result = await send(text, { correlation: 'ü"1', replyTo: "wamid.0" });
    expect(result).toEqual({ outcome: "accepted", externalId: expect.stringMatching(/^wamid\./) });
    const receipts = itemsOf(await hooksOf(3));
    const externalId = result.outcome === "accepted" ? result.externalId : "";
    for (const receipt of receipts) {
      expect(receipt).toMatchObject({
        kind: "receipt",
        externalId,
        correlation: 'ü"1',
        recipient: `4915100${count}`,
      });
    }
    const statuses = receipts.map((each) => (each.kind === "receipt" ? each.status : each.kind));
    expect(statuses.sort()).toEqual(["delivered", "read", "sent"]);
    expect(await sent()).toMatchObject([
      { to: `4915100${count}`, type: "text", body: { context: { message_id: "wamid.0" } } },
    ]);
  });

  test("goes to a BSUID when the number is hidden", async () => {
    expect((await send(text, { to: "DE.1234567" })).outcome).toBe("accepted");
    expect(await sent()).toMatchObject([{ to: "DE.1234567", body: { recipient: "DE.1234567" } }]);
    expect(itemsOf(await hooksOf(3))[0]).toMatchObject({ recipient: "DE.1234567" });
  });

  test.each([
    [429, 130429, { outcome: "retry", scope: "account", afterMs: 1000 }],
    [400, 131056, { outcome: "retry", scope: "pair", afterMs: 4000 }],
    [400, 131047, { outcome: "failed", action: "window" }],
    [401, 190, { outcome: "failed", action: "red" }],
    [400, 131026, { outcome: "failed", action: "never" }],
    [400, 131050, { outcome: "failed", action: "blocked_marketing" }],
    [400, 132015, { outcome: "failed", action: "template" }],
    [500, 131000, { outcome: "retry", scope: "pair" }],
    [503, 0, { outcome: "retry", scope: "account" }],
    [502, 0, { outcome: "uncertain" }],
  ])("refused with HTTP %i and code %i", async (status, code, result) => {
    await tell("/_fail", { status, code, times: 1 });
    expect(await send(text)).toMatchObject(result);
    expect(await sent()).toEqual([]);
    expect((await send(text)).outcome).toBe("accepted");
  });

  test("is in doubt when the connection is cut or no answer comes, whether it was accepted or not", async () => {
    for (const [mode, accepted] of [
      ["reset", 0],
      ["lost", 1],
      ["hang", 1],
    ] as const) {
      await fetch(`${url}/_sent`, { method: "DELETE" });
      await tell("/_fail", { mode, times: 1 });
      expect(await send(text)).toMatchObject({ outcome: "uncertain" });
      expect(await sent()).toHaveLength(accepted);
    }
  });

  test("is tried again when nobody listens, and red when token or address cannot be sent", async () => {
    const message = { correlation: "m", to: "491", content: text };
    const closed = { ...account, apiBase: "http://127.0.0.1:1" };
    expect(await whatsapp.send(message, closed)).toMatchObject({ outcome: "retry", scope: "account" });
    for (const wrong of [{ token: "a\nb" }, { apiBase: "graph" }, { token: "wrong" }]) {
      expect(await whatsapp.send(message, { ...account, ...wrong })).toMatchObject({
        outcome: "failed",
        action: "red",
      });
    }
  });

  test("outside the 24 hours of a customer that is known gets 131047, a template passes", async () => {
    const day = 25 * 3_600_000;
    await tell("/_customer", { from: "4917712345", text: "Moin", at: Date.now() - day });
    expect(await send(text, { to: "4917712345" })).toMatchObject({ outcome: "failed", action: "window" });
    const template: Content = {
      type: "template",
      name: "parcel",
      language: "de",
      text: "",
      parameters: ["12:00"],
    };
    expect((await send(template, { to: "4917712345" })).outcome).toBe("accepted");
    await tell("/_customer", { from: "4917712345", text: "Moin" });
    expect((await send(text, { to: "4917712345" })).outcome).toBe("accepted");
  });
});

describe("files", () => {
  const bytes = randomBytes(300_000);
  const image: Content = { type: "image", text: "Plan", media: { fileId: "f-1", mime: "image/png" } };

  test("are uploaded once, sent by id, and come back as they were", async () => {
    let reads = 0;
    const readFile = async () => {
      reads += 1;
      return { bytes, mime: "image/png", name: "Plän.png" };
    };
    expect((await send(image, { readFile })).outcome).toBe("accepted");
    expect((await send(image, { readFile })).outcome).toBe("accepted");
    expect(reads).toBe(1);
    const id = String(Object((await sent())[0]?.body.image).id);
    const fetched = await whatsapp.fetchMedia?.(account, id);
    expect(fetched?.mime).toBe("image/png");
    expect(
      createHash("sha256")
        .update(fetched?.bytes ?? "")
        .digest("hex"),
    ).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("that cannot be read or are not known fail as files", async () => {
    const readFile = () => Promise.reject(new Error("gone"));
    const other: Content = { ...image, media: { fileId: "f-2", mime: "image/png" } };
    expect(await send(other, { readFile })).toMatchObject({ outcome: "failed", action: "media" });
    await expect(whatsapp.fetchMedia?.(account, "999")).rejects.toMatchObject({ code: "media_unavailable" });
    await expect(whatsapp.fetchMedia?.({ ...account, token: "wrong" }, "999")).rejects.toThrow("190");
  });

  test("of customers arrive with their hash and can be fetched", async () => {
    const media = {
      type: "document",
      mime: "application/pdf",
      base64: bytes.toString("base64"),
      name: "Rechnung.pdf",
    };
    await tell("/_customer", { from: "4917712345", name: "Jörg", text: "bitte prüfen", media });
    const [item] = itemsOf(await hooksOf(1));
    // as Meta signs it: beyond ASCII escaped, slashes too
    expect(hooks[0]?.raw.toString("latin1")).toMatch(/"J\\u00f6rg".*"application\\\/pdf"/);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(item).toMatchObject({
      profileName: "Jörg",
      content: {
        type: "document",
        text: "bitte prüfen",
        media: { name: "Rechnung.pdf", mime: "application/pdf", sha256 },
      },
    });
    const id =
      item?.kind === "message" && item.content.type === "document"
        ? (item.content.media.providerId ?? "")
        : "";
    expect((await whatsapp.fetchMedia?.(account, id))?.bytes.equals(bytes)).toBe(true);
  });
});

describe("customers, checks, repeats", () => {
  test("a customer without a number writes by BSUID", async () => {
    const { id } = await tell("/_customer", { userId: "DE.777", name: "Bo", text: "Hallo" });
    expect(itemsOf(await hooksOf(1))).toMatchObject([
      { kind: "message", externalId: id, replyAddress: "DE.777", content: { type: "text", text: "Hallo" } },
    ]);
  });

  test("a webhook is repeated with the same bytes until it is answered with 200", async () => {
    hookStatus = [500, 503];
    await tell("/_customer", { from: "4917712345", text: "dreimal" });
    const [first, second, third] = await hooksOf(3);
    expect(second?.raw.equals(first?.raw ?? Buffer.alloc(0))).toBe(true);
    expect(third?.headers["x-hub-signature-256"]).toBe(first?.headers["x-hub-signature-256"]);
  });

  test("doubled and shuffled receipts are the same six, and off means none", async () => {
    await tell("/_receipts", { double: true, shuffle: true, delayMs: [5, 10, 20] });
    await send(text);
    const receipts = itemsOf(await hooksOf(6)).map((each) =>
      each.kind === "receipt" ? each.status : each.kind,
    );
    expect(receipts.sort()).toEqual(["delivered", "delivered", "read", "read", "sent", "sent"]);
    await tell("/_receipts", { off: true });
    hooks = [];
    await send(text);
    await tell("/_customer", { from: "4917712345", text: "danach" });
    expect(itemsOf(await hooksOf(1))).toMatchObject([{ kind: "message" }]);
    await tell("/_receipts", { off: false, double: false, shuffle: false, delayMs: 0 });
  });

  test("typing marks as read and is no message; a failure is silent", async () => {
    await whatsapp.typing?.(account, "491", "wamid.5");
    await whatsapp.typing?.({ ...account, apiBase: "http://127.0.0.1:1" }, "491", "wamid.5");
    await whatsapp.typing?.(account, "491", null);
    expect(await sent()).toEqual([]);
  });

  test("the check says who answers, or what is wrong", async () => {
    expect(await whatsapp.check?.(account)).toEqual({ ok: true, text: "Simulator, 15550783881, GREEN" });
    expect(await whatsapp.check?.({ ...account, token: "wrong" })).toMatchObject({
      ok: false,
      text: expect.stringContaining("190"),
    });
    expect(await whatsapp.check?.({ ...account, apiBase: "http://127.0.0.1:1" })).toEqual({
      ok: false,
      text: "no answer: ECONNREFUSED",
    });
  });
});
