import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPublicAddress } from "#kernel";
import { type SourceServer, startSourceServer } from "../../fixtures/source-server.ts";
import { type FetchLimits, openFetcher, type SourceFetcher } from "./fetch-source.ts";

const now = Date.UTC(2026, 10, 24, 9);
let server: SourceServer;
let fetcher: SourceFetcher;
beforeAll(async () => {
  server = await startSourceServer();
  fetcher = openFetcher({ allowedHosts: [server.host] });
});
afterAll(async () => {
  await fetcher?.close();
  await server?.close();
});

const limits: FetchLimits = { total_ms: 5_000, maxBytes: 100_000 };
const get = (path: string, more: { etag?: string; lastModified?: string; limits?: FetchLimits } = {}) =>
  fetcher.fetch({
    url: path.startsWith("http") ? path : server.origin + path,
    etag: more.etag ?? null,
    lastModified: more.lastModified ?? null,
    now,
    limits: more.limits ?? limits,
  });
const failed = (fault: string, retryAfterMs: number | null = null) => ({
  got: "failed",
  fault,
  retryAfterMs,
});

describe("politeness", () => {
  test("says who asks, and asks again only for what changed", async () => {
    server.on("/feed", (request, response) => {
      const isSame = request.headers["if-none-match"] === '"v1"';
      response.writeHead(isSame ? 304 : 200, {
        etag: '"v1"',
        "last-modified": "Mon, 23 Nov 2026 08:00:00 GMT",
        "cache-control": "public, max-age=120",
        "content-type": "application/rss+xml; charset=iso-8859-1",
      });
      response.end(isSame ? "" : "words");
    });
    expect(await get("/feed")).toEqual({
      got: "body",
      body: Buffer.from("words"),
      etag: '"v1"',
      lastModified: "Mon, 23 Nov 2026 08:00:00 GMT",
      charset: "iso-8859-1",
      maxAgeMs: 120_000,
    });
    const again = { etag: '"v1"', lastModified: "Mon, 23 Nov 2026 08:00:00 GMT" };
    expect(await get("/feed", again)).toEqual({ got: "unchanged", maxAgeMs: 120_000 });
    const last = server.requests.at(-1)?.headers;
    expect(last?.["user-agent"]).toMatch(/^Augenhoehe\//);
    expect(last?.["if-modified-since"]).toBe("Mon, 23 Nov 2026 08:00:00 GMT");
  });

  test("waits as long as it is asked to", async () => {
    server.on("/busy", (_, response) => response.writeHead(429, { "retry-after": "90" }).end());
    server.on("/down", (_, response) =>
      response.writeHead(503, { "retry-after": "Tue, 24 Nov 2026 09:10:00 GMT" }).end(),
    );
    expect(await get("/busy")).toEqual(failed("rate_limited", 90_000));
    expect(await get("/down")).toEqual(failed("server_error", 600_000));
  });

  test("tells apart what is gone, closed and out of order", async () => {
    for (const [status, fault] of [
      [404, "not_found"],
      [410, "not_found"],
      [401, "forbidden"],
      [403, "forbidden"],
      [418, "http_error"],
      [500, "server_error"],
    ] as const) {
      server.on("/status", (_, response) => response.writeHead(status).end("no"));
      expect(await get("/status")).toEqual(failed(fault));
    }
  });
});

describe("bad input", () => {
  test("a huge feed is cut off at the limit, whether it says its size or not", async () => {
    server.on("/said", (_, response) => response.writeHead(200, { "content-length": 10_000_000 }).end());
    server.on("/unsaid", (_, response) => {
      const more = () => void (response.write(Buffer.alloc(20_000)) && setImmediate(more));
      response.on("drain", more).on("error", () => {});
      more();
    });
    expect(await get("/said")).toEqual(failed("too_large"));
    expect(await get("/unsaid")).toEqual(failed("too_large"));
  });

  test("a small packet that unpacks to a huge one is cut off at the limit", async () => {
    server.on("/bomb", (_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(20_000_000))),
    );
    expect(await get("/bomb")).toEqual(failed("too_large"));
    server.on("/small", (_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("words")),
    );
    expect(await get("/small")).toMatchObject({ got: "body", body: Buffer.from("words") });
  });

  test("a broken packet and packets in packets are refused", async () => {
    for (const encoding of ["gzip", "br", "gzip, gzip", "zstd"]) {
      server.on("/broken", (_, response) =>
        response.writeHead(200, { "content-encoding": encoding }).end("no packet at all"),
      );
      expect([encoding, await get("/broken")]).toEqual([encoding, failed("broken_body")]);
    }
  });

  test("a body that ends too early, or a connection that falls, is no body", async () => {
    server.on("/short", (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("half");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await get("/short")).toMatchObject({ got: "failed" });
    server.on("/falls", (request) => void request.socket.destroy());
    expect(await get("/falls")).toEqual(failed("unreachable"));
  });

  test("redirects in a circle, without end, and to what is no page are refused; a few are followed", async () => {
    const to = (path: string, location: string) =>
      server.on(path, (_, response) => response.writeHead(302, { location }).end());
    to("/a", "/b");
    to("/b", "/a");
    expect(await get("/a")).toEqual(failed("redirect_loop"));
    server.on("/more", (request, response) =>
      response
        .writeHead(307, { location: `/more?${Number((request.url ?? "").split("?")[1] ?? 0) + 1}` })
        .end(),
    );
    expect(await get("/more")).toEqual(failed("too_many_redirects"));
    to("/file", "file:///etc/passwd");
    expect(await get("/file")).toEqual(failed("bad_address"));
    to("/nowhere", "http://[");
    expect(await get("/nowhere")).toEqual(failed("bad_redirect"));
    to("/first", "/second");
    to("/second", "/last");
    server.on("/last", (_, response) => response.end("here"));
    expect(await get("/first")).toMatchObject({ got: "body", body: Buffer.from("here") });
  });

  test("a slow feed ends with its time: one that never begins, and one that drips", async () => {
    const patience = { ...limits, total_ms: 300 };
    server.on("/silent", () => {});
    expect(await get("/silent", { limits: patience })).toEqual(failed("too_slow"));
    server.on("/drip", (_, response) => {
      const timer = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await get("/drip", { limits: patience })).toEqual(failed("too_slow"));
  });

  test("what is no address, or holds a password, or goes to another service's port, is not asked", async () => {
    for (const url of [
      "",
      "nonsense",
      "ftp://example.org/",
      "http://user:secret@example.org/",
      "http://example.org:25/",
    ])
      expect([url, await get(url.startsWith("http") ? url : `http:${url}`)]).toMatchObject([
        url,
        { got: "failed" },
      ]);
    expect(await get("http://example.org:22/feed")).toEqual(failed("bad_address"));
  });
});

describe("private addresses", () => {
  test("are refused in every spelling, and nothing arrives there", async () => {
    const before = server.requests.length;
    const port = server.host.split(":")[1];
    const strict = openFetcher();
    for (const host of [
      "127.0.0.1",
      "127.1",
      "2130706433",
      "0x7f000001",
      "0177.0.0.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[64:ff9b::7f00:1]",
      "10.0.0.1",
      "169.254.169.254",
      "192.168.0.1",
      "[fd00::1]",
      "[fe80::1]",
      "0.0.0.0",
    ]) {
      const fetched = await strict.fetch({
        url: `http://${host}:${port}/`,
        etag: null,
        lastModified: null,
        now,
        limits,
      });
      expect([host, fetched]).toEqual([host, failed("private_address")]);
    }
    expect(server.requests.length).toBe(before);
    await strict.close();
  });

  test("are refused behind a name, also when only one of its addresses is private", async () => {
    for (const all of [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"]]) {
      const strict = openFetcher({
        resolve: async () => all.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      });
      const url = `http://feed.example:${server.host.split(":")[1]}/feed`;
      expect(await strict.fetch({ url, etag: null, lastModified: null, now, limits })).toEqual(
        failed("private_address"),
      );
      await strict.close();
    }
  });

  test("a name that answers publicly first and privately then is resolved once for each connection, and checked", async () => {
    const asked: string[] = [];
    const strict = openFetcher({
      resolve: async (host) => {
        asked.push(host);
        // TEST-NET-3 would be the public one; both are refused, so nothing can leave this machine.
        return [{ address: asked.length === 1 ? "203.0.113.7" : "127.0.0.1", family: 4 }];
      },
    });
    const url = `http://rebind.example:${server.host.split(":")[1]}/feed`;
    const before = server.requests.length;
    for (let round = 0; round < 3; round++)
      expect(await strict.fetch({ url, etag: null, lastModified: null, now, limits })).toEqual(
        failed("private_address"),
      );
    expect(asked).toHaveLength(3);
    expect(server.requests.length).toBe(before);
    await strict.close();
  });

  test("are refused where a public page redirects to", async () => {
    const other = await startSourceServer();
    server.on("/inward", (_, response) =>
      response.writeHead(302, { location: `${other.origin}/secret` }).end(),
    );
    expect(await get("/inward")).toEqual(failed("private_address"));
    expect(other.requests).toEqual([]);
    await other.close();
  });

  test("are known from the registries of special addresses", () => {
    for (const open of [
      "8.8.8.8",
      "172.15.255.255",
      "172.32.0.0",
      "100.63.255.255",
      "2a00:1450:4001:81b::200e",
    ])
      expect([open, isPublicAddress(open)]).toEqual([open, true]);
    for (const closed of [
      "172.16.0.1",
      "100.64.0.1",
      "198.19.255.255",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "ff02::1",
      "2001:db8::1",
      "2002:7f00:1::",
      "::ffff:8.8.8.8",
      "no address",
    ])
      expect([closed, isPublicAddress(closed)]).toEqual([closed, false]);
  });
});

test("a host that the operator named may be private, on the named port only", async () => {
  const other = await startSourceServer();
  const port = server.host.split(":")[1];
  const named = openFetcher({ allowedHosts: [`localhost:${port}`] });
  const ask = (url: string) => named.fetch({ url, etag: null, lastModified: null, now, limits });
  server.on("/named", (_, response) => response.end("in"));
  expect(await ask(`http://localhost:${port}/named`)).toMatchObject({ got: "body", body: Buffer.from("in") });
  expect(await ask(`http://localhost:${other.host.split(":")[1]}/named`)).toEqual(failed("private_address"));
  expect(other.requests).toEqual([]);
  await named.close();
  await other.close();
});

test("a name that does not exist and a port where nobody listens are told apart", async () => {
  const lost = openFetcher({
    resolve: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })),
  });
  expect(
    await lost.fetch({ url: "http://no.example/", etag: null, lastModified: null, now, limits }),
  ).toEqual(failed("no_such_host"));
  await lost.close();
  const gone = await startSourceServer();
  await gone.close();
  const alone = openFetcher({ allowedHosts: [gone.host] });
  expect(await alone.fetch({ url: gone.origin, etag: null, lastModified: null, now, limits })).toEqual(
    failed("unreachable"),
  );
  await alone.close();
});
