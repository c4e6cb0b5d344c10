import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { readConfig, version } from "#kernel";
import { checkPort, checkPublicUrl } from "./network.ts";

let server: Server | undefined;
afterEach(() => new Promise<void>((closed) => (server ? server.close(() => closed()) : closed())));

async function answering(text: string): Promise<number> {
  server = createServer((_request, response) => response.end(text)).listen(0, "127.0.0.1");
  await new Promise((ready) => server?.once("listening", ready));
  return (server.address() as AddressInfo).port;
}

const config = (environment: NodeJS.ProcessEnv) => readConfig({}, environment);
const health = (more: object) => JSON.stringify({ version, database: "ok", pumpLagSeconds: 0, ...more });

test.each([
  ["a foreign program", "hello", "bad", false],
  ["our node", health({}), "ok", true],
  ["our node of another version", health({ version: "0.0.1" }), "warn", true],
  ["our node without its database", health({ database: "away" }), "bad", true],
])("on the port: %s", async (_, text, level, isOurs) => {
  const port = await answering(text);
  expect(await checkPort(config({ PORT: String(port) }))).toMatchObject({ isOurs, finding: { level } });
});

test("a free port is well, an address of another machine is not", async () => {
  expect((await checkPort(config({ PORT: "0" }))).finding.level).toBe("ok");
  const port = await answering("");
  await new Promise((closed) => server?.close(closed));
  server = undefined;
  expect((await checkPort(config({ PORT: String(port) }))).finding.level).toBe("ok");
  expect((await checkPort(config({ PORT: String(port), HOST: "192.0.2.1" }))).finding.level).toBe("bad");
});

test.each([
  ["http://desk.example.com", "bad"],
  ["https://desk.example.com/", "bad"],
  ["https://desk.example.com/augenhoehe", "bad"],
  ["https://me:tulip77@desk.example.com", "bad"],
  ["desk.example.com", "bad"],
  ["https://desk.example.com", "warn"],
  ["http://localhost:4242", "ok"],
  ["", "ok"],
])("PUBLIC_URL %s is %s", async (publicUrl, level) => {
  const found = await checkPublicUrl(config({ PUBLIC_URL: publicUrl }), { isNodeRunning: false });
  expect(found.level).toBe(level);
  expect(found.text).not.toContain("tulip77");
});

test("behind a proxy that is trusted an https address is well; without one, a node open to all wants it", async () => {
  const state = { isNodeRunning: false };
  const behind = config({ PUBLIC_URL: "https://desk.example.com", TRUST_PROXY: "true" });
  expect((await checkPublicUrl(behind, state)).level).toBe("ok");
  expect((await checkPublicUrl(config({ HOST: "0.0.0.0" }), state)).level).toBe("warn");
});
