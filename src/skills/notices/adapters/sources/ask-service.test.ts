import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "../../fixtures/source-server.ts";
import { openAsker, type ServiceAsker, type ServiceAsking } from "./ask-service.ts";

let server: SourceServer;
let asker: ServiceAsker;
beforeAll(async () => {
  server = await startSourceServer();
  asker = openAsker({ allowedHosts: [server.host] });
});
afterAll(async () => {
  await asker?.close();
  await server?.close();
});

const ask = (path: string, more: Partial<ServiceAsking> = {}) =>
  asker.ask({
    method: "GET",
    url: path.startsWith("http") ? path : server.origin + path,
    body: null,
    timeoutMs: 2_000,
    key: "k1",
    signature: "t=1,v1=ab",
    ...more,
  });

describe("a company's service", () => {
  test("is asked with a key for doing it once, and every status is an answer", async () => {
    server.on("/order", (_, response) => response.writeHead(200).end('{"state":"sent"}'));
    expect(await ask("/order?id=4%2F2")).toEqual({ status: 200, body: '{"state":"sent"}', retryAfter: null });
    expect(server.requests.at(-1)).toMatchObject({
      path: "/order?id=4%2F2",
      headers: { "idempotency-key": "k1", "x-augenhoehe-signature": "t=1,v1=ab" },
    });
    server.on("/gone", (_, response) => response.writeHead(404).end("no"));
    expect(await ask("/gone")).toEqual({ status: 404, body: "no", retryAfter: null });
    server.on("/full", (_, response) => response.writeHead(503).end());
    expect(await ask("/full")).toEqual({ status: 503, body: "", retryAfter: null });
  });

  test("is given JSON by POST", async () => {
    let got = "";
    server.on("/book", (request, response) => {
      request.on("data", (part) => {
        got += part;
      });
      request.on("end", () => response.writeHead(201).end("{}"));
    });
    expect(await ask("/book", { method: "POST", body: '{"day":"2026-11-30"}' })).toEqual({
      status: 201,
      body: "{}",
      retryAfter: null,
    });
    expect(got).toBe('{"day":"2026-11-30"}');
    expect(server.requests.at(-1)?.headers["content-type"]).toBe("application/json");
  });
});

describe("bad input", () => {
  test("a redirect to a private address, a POST that is sent elsewhere, and private addresses themselves are refused", async () => {
    for (const location of [
      "http://10.0.0.1/admin",
      "http://[::1]/",
      "http://169.254.169.254/latest/meta-data",
    ]) {
      server.on("/astray", (_, response) => response.writeHead(302, { location }).end());
      expect(await ask("/astray")).toEqual({ failed: "private_address" });
    }
    server.on("/elsewhere", (_, response) => response.writeHead(307, { location: "/book" }).end());
    expect(await ask("/elsewhere", { method: "POST", body: "{}" })).toEqual({ failed: "bad_redirect" });
    for (const url of ["http://192.168.1.1/", "http://127.0.0.2/", "http://0x7f000002/"])
      expect(await ask(url)).toEqual({ failed: "private_address" });
    for (const url of ["ftp://a.example/", "file:///etc/passwd", "http://u:p@a.example/", "nonsense"])
      expect(
        await asker.ask({ method: "GET", url, body: null, timeoutMs: 500, key: "k", signature: "" }),
      ).toEqual({
        failed: "bad_address",
      });
  });

  test("10 MB, nothing, half an answer and bytes that are no text", async () => {
    const large = Buffer.alloc(10_000_000, "x");
    server.on("/said", (_, response) =>
      response.writeHead(200, { "content-length": large.length }).end(large),
    );
    expect(await ask("/said")).toEqual({ failed: "too_large" });
    server.on("/unsaid", (_, response) => {
      response.writeHead(200);
      response.on("error", () => {}).end(large);
    });
    expect(await ask("/unsaid")).toEqual({ failed: "too_large" });
    server.on("/nothing", () => {});
    expect(await ask("/nothing", { timeoutMs: 100 })).toEqual({ failed: "too_slow" });
    server.on("/falls", (request) => void request.socket.destroy());
    expect(await ask("/falls")).toEqual({ failed: "unreachable" });
    server.on("/latin", (_, response) => response.writeHead(200).end(Buffer.from([0xfc, 0x22])));
    expect(await ask("/latin")).toEqual({ failed: "broken_body" });
  });
});
