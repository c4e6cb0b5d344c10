import { createHash, randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { telegram } from "../../src/channels/telegram/index.ts";
import { deleteFiles } from "../../src/kernel/files/store.ts";
import { type History, startWebNode, type WebNode } from "./web-node.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const DAY_MS = 86_400_000;
let node: WebNode;
let company: Awaited<ReturnType<WebNode["company"]>>;
/** What the messenger hands out by provider id; an Error is thrown. */
const provider = new Map<string, Buffer | Error>();

beforeAll(async () => {
  node = await startWebNode({
    adapters: [
      {
        ...telegram,
        typing: async () => {},
        send: async ({ correlation }) => ({ outcome: "accepted", externalId: correlation }),
        fetchMedia: async (_account, id) => {
          const bytes = provider.get(id);
          if (!Buffer.isBuffer(bytes)) throw bytes ?? new Error("gone");
          return { bytes, mime: "image/png", name: `${id}.png` };
        },
      },
    ],
  });
  company = await node.company("files-key");
});
afterAll(() => node.close());

let visitors = 0;
function browser(key = "files-key") {
  const visitor = createHash("sha256").update(`files ${visitors++}`).digest("base64url");
  const authorization = `Visitor ${visitor}`;
  const root = `${node.url}/web/${key}`;
  return {
    upload: (name: string, body: Buffer | string, type = "image/png") =>
      fetch(`${root}/files?name=${encodeURIComponent(name)}`, {
        method: "POST",
        headers: { authorization, "content-type": type },
        body: new Uint8Array(Buffer.from(body)),
      }),
    send: (body: object) =>
      fetch(`${root}/messages`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({ clientId: randomUUID(), ...body }),
      }),
    get: (path: string) =>
      fetch(path.startsWith("/") ? node.url + path : `${root}/files/${path}`, { headers: { authorization } }),
    history: async (): Promise<History> =>
      (await fetch(`${root}/messages`, { headers: { authorization } })).json(),
  };
}

const staff = (path: string, init: RequestInit = {}) =>
  fetch(`${node.url}/api/v1/files${path}`, {
    ...init,
    headers: { "x-api-key": company.apiKey, ...(init.headers as Record<string, string>) },
  });
const stored = async (): Promise<string[]> => {
  const folder = join(node.world.kernel.config.dataDir, "files");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

describe("a visitor's file", () => {
  it("is sent with a message, seen by the desk, and loaded by its signed address without any header", async () => {
    const customer = browser();
    const response = await customer.upload("Foto.png", PNG);
    expect(response.status).toBe(201);
    const { fileId, mime, size } = (await response.json()) as { fileId: string; mime: string; size: number };
    expect({ mime, size }).toEqual({ mime: "image/png", size: PNG.length });
    expect((await customer.send({ text: "Kaputt", fileId })).status).toBe(202);
    await node.world.settle();
    const [message] = (await customer.history()).items;
    expect(message).toMatchObject({
      text: "Kaputt",
      media: { mime: "image/png", name: "Foto.png", size: PNG.length },
    });
    const open = await fetch(node.url + message?.media?.url);
    expect(open.status).toBe(200);
    expect(Buffer.from(await open.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(open.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": expect.stringMatching(/^inline; filename="Foto\.png"/),
      "content-security-policy": expect.stringContaining("sandbox; default-src 'none'"),
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": expect.stringContaining("private"),
    });
    expect((await staff(`/${fileId}`)).status).toBe(200);
  });

  it("is nobody else's: not by its id, not in another's message, not under a changed or old address", async () => {
    const [customer, stranger] = [browser(), browser()];
    const { fileId } = (await (await customer.upload("a.png", PNG)).json()) as { fileId: string };
    await customer.send({ fileId });
    await node.world.settle();
    expect((await stranger.get(fileId)).status).toBe(404);
    expect((await stranger.send({ fileId })).status).toBe(400);
    expect((await customer.get(fileId)).status).toBe(200);
    const url = (await customer.history()).items[0]?.media?.url ?? "";
    const changed = url.replace(
      /\.([\w-])(?=[\w-]+$)/,
      (_, first: string) => `.${first === "x" ? "y" : "x"}`,
    );
    expect(changed).not.toBe(url);
    expect((await fetch(node.url + changed)).status).toBe(404);
    expect((await fetch(node.url + url.replace(/\?.*/, ""))).status).toBe(401);
    const other = await node.company("files-other-key");
    expect((await fetch(node.url + url.replace("files-key", "files-other-key"))).status).toBe(404);
    const theirs = await fetch(`${node.url}/api/v1/files/${fileId}`, {
      headers: { "x-api-key": other.apiKey },
    });
    expect(theirs.status).toBe(404);
    node.world.clock.advance(2 * DAY_MS);
    expect((await fetch(node.url + url)).status).toBe(404);
  });

  it("goes a day later when it was never sent; one that was sent stays and belongs to its conversation", async () => {
    const customer = browser();
    const [sent, unsent] = await Promise.all(
      ["sent.png", "unsent.png"].map(
        async (name) => (await customer.upload(name, PNG)).json() as Promise<{ fileId: string }>,
      ),
    );
    await customer.send({ fileId: sent?.fileId });
    await node.world.settle();
    node.world.clock.advance(DAY_MS + 1);
    await node.world.settle();
    await node.world.settle();
    const names = await stored();
    expect(names).toContain(sent?.fileId);
    expect(names).not.toContain(unsent?.fileId);
    const { rows } = await node.world.kernel.db.node.query(
      "select id, conversation_id from kernel.file where id = any($1)",
      [[sent?.fileId, unsent?.fileId]],
    );
    expect(rows).toEqual([{ id: sent?.fileId, conversation_id: expect.any(Number) }]);
  });
});

describe("what is refused", () => {
  it.each([
    ["HTML named as a picture", "photo.png", "<!doctype html><script>alert(1)</script>", 415],
    ["SVG", "logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 415],
    ["an empty file", "empty.txt", "", 400],
    ["more than 10 MB", "large.txt", "a".repeat(10 * 1024 * 1024 + 1), 413],
  ])("%s", async (_name, name, body, status) => {
    const before = await stored();
    const response = await browser().upload(name, body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await stored()).toEqual(before);
  });

  it("more than 10 MB that did not say so before", async () => {
    const before = await stored();
    const megabyte = new Uint8Array(1024 * 1024).fill(0x61);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 14) controller.enqueue(megabyte);
        else controller.close();
      },
    });
    const response = await staff("?name=large.txt", { method: "POST", body, duplex: "half" } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "too_large", detail: "At most 10 MB." });
    expect(await stored()).toEqual(before);
  });

  it("a text that is HTML can only be downloaded, as text that runs nothing", async () => {
    const upload = await staff("?name=note.txt", {
      method: "POST",
      body: "<html><script>alert(1)</script>",
      headers: { "content-type": "text/html" },
    });
    const { fileId } = (await upload.json()) as { fileId: string };
    const { headers } = await staff(`/${fileId}`);
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(headers.get("content-disposition")).toMatch(/^attachment/);
    expect(headers.get("content-security-policy")).toContain("sandbox");
  });

  it("without a key or a session no file is stored or shown", async () => {
    expect((await fetch(`${node.url}/api/v1/files?name=a.png`, { method: "POST", body: "x" })).status).toBe(
      401,
    );
    expect((await fetch(`${node.url}/api/v1/files/${"ab".repeat(16)}`)).status).toBe(401);
    expect((await staff("/..%2f..%2fetc%2fpasswd")).status).toBe(404);
  });
});

describe("parts of a file", () => {
  it("answers ranges as players ask for them", async () => {
    const { fileId } = (await (
      await staff("?name=a.png", { method: "POST", body: new Uint8Array(PNG) })
    ).json()) as { fileId: string };
    const part = async (range: string) => {
      const response = await staff(`/${fileId}`, { headers: { range } });
      return [
        response.status,
        response.headers.get("content-range"),
        (await response.arrayBuffer()).byteLength,
      ];
    };
    const size = PNG.length;
    expect(await part("bytes=0-9")).toEqual([206, `bytes 0-9/${size}`, 10]);
    expect(await part("bytes=10-")).toEqual([206, `bytes 10-${size - 1}/${size}`, size - 10]);
    expect(await part("bytes=-5")).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, 5]);
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, 0]);
    expect(await part("bytes=0-1,3-4")).toEqual([200, null, size]);
    const whole = await staff(`/${fileId}`);
    const etag = whole.headers.get("etag") ?? "";
    expect((await staff(`/${fileId}`, { headers: { "if-none-match": etag } })).status).toBe(304);
  });
});

describe("a file that a customer sent by a messenger", () => {
  let updates = 0;
  async function receivePhoto(id: string): Promise<void> {
    updates += 1;
    const date = Math.floor(node.world.clock.now() / 1000);
    const person = { id: 900, is_bot: false, first_name: "Uwe" };
    const message = {
      message_id: updates,
      date,
      chat: { id: 900, type: "private", first_name: "Uwe" },
      from: person,
      photo: [{ file_id: id, file_unique_id: id, width: 1, height: 1, file_size: 70 }],
    };
    await node.world.ingest.enqueue({
      appId: "4711",
      channelId: null,
      tenantId: company.id,
      body: Buffer.from(JSON.stringify({ update_id: updates, message })),
    });
    await node.world.settle();
  }
  const newest = async () => {
    const { rows } = await node.world.kernel.db.node.query(
      "select content -> 'media' as media, detail, conversation_id from kernel.message where content ->> 'type' = 'image' order by id desc limit 1",
    );
    return rows[0];
  };

  beforeAll(async () => {
    await node.world.channel(company.id, { kind: "telegram", address: "4711", appId: "4711" });
  });

  it("is fetched, stored and told to the desk", async () => {
    provider.set("photo-1", PNG);
    await receivePhoto("photo-1");
    const { media, conversation_id } = await newest();
    expect(media).toMatchObject({
      fileId: expect.stringMatching(/^[0-9a-f]{32}$/),
      mime: "image/png",
      size: PNG.length,
    });
    expect((await staff(`/${media.fileId}`)).status).toBe(200);
    const { rows } = await node.world.kernel.db.node.query(
      "select type from kernel.event where tenant_id = $1 and conversation_id = $2 and type = 'message.changed'",
      [company.id, conversation_id],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it("is tried again while the provider fails, and the message says so when it never came", async () => {
    await receivePhoto("photo-2");
    for (let n = 0; n < 4; n++) {
      node.world.clock.advance(3_600_000);
      await node.world.settle();
    }
    expect((await newest()).media.fileId).toBeUndefined();
    provider.set("photo-2", PNG);
    node.world.clock.advance(3_600_000);
    await node.world.settle();
    expect((await newest()).media.fileId).toBeDefined();
    provider.set("photo-3", new Error("the provider lost it"));
    await receivePhoto("photo-3");
    for (let n = 0; n < 12; n++) {
      node.world.clock.advance(3_600_000);
      await node.world.settle();
    }
    expect((await newest()).detail.media).toEqual({ state: "unavailable", reason: "the provider lost it" });
    const { rows } = await node.world.kernel.db.node.query(
      "select kind from kernel.timer where kind = 'media_fetch'",
    );
    expect(rows).toEqual([]);
  });

  it("goes with the person it came from, row and bytes", async () => {
    provider.set("photo-4", PNG);
    await receivePhoto("photo-4");
    const { media } = await newest();
    const { rows } = await node.world.kernel.db.node.query<{ contact_id: number }>(
      "select contact_id from kernel.file where id = $1",
      [media.fileId],
    );
    await node.world.kernel.db.tenant(company.id, (tx) =>
      deleteFiles(tx, [(rows[0] as { contact_id: number }).contact_id]),
    );
    await node.world.settle();
    expect(await stored()).not.toContain(media.fileId);
    expect((await staff(`/${media.fileId}`)).status).toBe(404);
  });
});
