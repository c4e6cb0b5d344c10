import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { orderCertificate } from "../src/kernel/http/tls/acme-order.ts";
import { isDue, readCertificate, type TlsFolder, tlsFolder } from "../src/kernel/http/tls/certificate.ts";
import { signingRequest } from "../src/kernel/http/tls/csr.ts";
import { type Doors, openDoors } from "../src/kernel/http/tls/doors.ts";
import { newKeyPem } from "../src/kernel/http/tls/jws.ts";
import { type Keeper, keepCertificate, nextTry } from "../src/kernel/http/tls/keeper.ts";
import { type AcmeSimulator, startAcme } from "../src/simulator/acme.ts";

const DOMAIN = "desk.firma.example";
const HOUR_MS = 3_600_000;

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

interface Stage {
  authority: AcmeSimulator;
  doors: Doors;
  dataDir: string;
  now: { ms: number };
  faults: string[];
  keep(folder?: TlsFolder): Keeper;
}

/** An authority, the two doors before an HTTP server, and a folder for the certificate. */
async function stage({ httpsPort = 0 } = {}): Promise<Stage> {
  const inner = createServer((_request, reply) => reply.end("from inside"));
  const at = { domain: DOMAIN, host: "127.0.0.1", httpPort: 0, httpsPort };
  const doors = await openDoors(inner as Server, at);
  ending.push(async () => {
    await doors.close();
    inner.closeAllConnections();
  });
  const now = { ms: Date.now() };
  const challengeAt = { host: "127.0.0.1", port: doors.httpPort };
  const authority = await startAcme({ port: 0, challengeAt, now: () => now.ms });
  ending.push(() => authority.close());
  const dataDir = mkdtempSync(join(tmpdir(), "tls-"));
  ending.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const faults: string[] = [];
  const keep = (folder = tlsFolder(dataDir)) => {
    const keeper = keepCertificate({
      domain: DOMAIN,
      directory: authority.directory,
      email: "owner@firma.example",
      folder,
      clock: { now: () => now.ms },
      log: { error: (_: unknown, text: string) => void faults.push(text), info: () => {} } as never,
      use: doors.use,
      publish: doors.publish,
      tickMs: 20,
      wait: () => new Promise((done) => setTimeout(done, 10)),
    });
    ending.push(() => keeper.stop());
    return keeper;
  };
  return { authority, doors, dataDir, now, faults, keep };
}

const eventually = { timeout: 20_000, interval: 20 };

function readOverTls({ doors, authority }: Stage): Promise<string> {
  return new Promise((done, fail) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: doors.httpsPort() ?? 0,
        servername: DOMAIN,
        ca: authority.root,
        agent: false,
      },
      (reply) => reply.on("data", (part: Buffer) => done(String(part))),
    );
    asked.on("error", fail).end();
  });
}

test("a certificate is ordered, proved over port 80, kept for its owner only, and serves https", async () => {
  const here = await stage();
  here.authority.faults.badNonces = 1; // a nonce that ran out is asked for anew
  here.keep();
  await expect.poll(() => here.doors.httpsPort(), eventually).not.toBeNull();
  expect(await readOverTls(here)).toBe("from inside");
  expect(here.authority.seen).toMatchObject({
    accounts: 1,
    orders: 1,
    contacts: ["mailto:owner@firma.example"],
  });
  expect(here.authority.seen.fetches).toHaveLength(1);
  const found = tlsFolder(here.dataDir).certificate(DOMAIN);
  expect(found?.names).toEqual([DOMAIN]);
  expect(statSync(join(here.dataDir, "tls", `${DOMAIN}.pem`)).mode & 0o777).toBe(0o600);
});

test("a due certificate is renewed while connections stay: old ones keep theirs, new ones get the new", async () => {
  const here = await stage();
  here.authority.faults.agedDays = 59;
  here.keep();
  await expect.poll(() => here.doors.httpsPort(), eventually).not.toBeNull();
  const port = here.doors.httpsPort() ?? 0;
  const open = () =>
    new Promise<TLSSocket>((done) => {
      const socket = connect({ port, host: "127.0.0.1", servername: DOMAIN, ca: here.authority.root }, () =>
        done(socket),
      );
    });
  const before = await open();
  ending.push(() => before.destroy());
  const first = before.getPeerCertificate().serialNumber;
  // A certificate from the past would be renewed at once, one of the future not be trusted by this test's client.
  here.authority.faults.agedDays = 3;
  here.now.ms += 2 * 24 * HOUR_MS; // 29 of 90 days are left
  await expect.poll(() => here.authority.seen.orders, eventually).toBe(2);
  await expect
    .poll(async () => {
      const socket = await open();
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    }, eventually)
    .not.toBe(first);
  const answer = new Promise<string>((done) => before.once("data", (part) => done(String(part))));
  before.write(`GET / HTTP/1.1\r\nHost: ${DOMAIN}\r\n\r\n`);
  expect(await answer).toContain("200 OK");
  expect(here.authority.seen.accounts).toBe(1);
});

test("a refusal is told, kept for doctor, and not repeated before its pause is over, even after a restart", async () => {
  const here = await stage();
  here.authority.faults.refuseOrder = "rateLimited";
  const first = here.keep();
  await expect.poll(() => here.faults.length, eventually).toBe(1);
  expect(here.faults[0]).toContain("too many requests");
  await first.stop();
  const trouble = tlsFolder(here.dataDir).trouble(DOMAIN);
  expect(trouble).toMatchObject({ tries: 1, at: here.now.ms });
  here.authority.faults.refuseOrder = null;
  here.keep();
  const plain = await fetch(`http://127.0.0.1:${here.doors.httpPort}/desk/`, { redirect: "manual" });
  expect(plain.status).toBe(503); // no certificate yet
  expect(here.authority.seen.orders).toBe(0);
  here.now.ms = nextTry(trouble ?? { at: 0, tries: 1, text: "" });
  await expect.poll(() => here.authority.seen.orders, eventually).toBe(1);
  await expect.poll(() => tlsFolder(here.dataDir).trouble(DOMAIN), eventually).toBeNull();
  await expect.poll(() => here.doors.httpsPort(), eventually).not.toBeNull();
  const led = await fetch(`http://127.0.0.1:${here.doors.httpPort}/desk/?a=1`, { redirect: "manual" });
  expect([led.status, led.headers.get("location")]).toEqual([301, `https://${DOMAIN}/desk/?a=1`]);
});

test("a port that is taken is tried again until it is free", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => other.once("listening", ready));
  ending.push(() => other.close());
  const { port } = other.address() as { port: number };
  const here = await stage({ httpsPort: port });
  here.keep();
  await expect
    .poll(() => here.faults.filter((text) => text.includes("is taken")).length, eventually)
    .toBeGreaterThan(1);
  other.close();
  await expect.poll(() => here.doors.httpsPort(), eventually).toBe(port);
  expect(here.authority.seen.orders).toBe(1);
});

test("on a full disk one order is made; what it brought serves, and is stored when there is room", async () => {
  const here = await stage();
  const folder = tlsFolder(here.dataDir);
  let isFull = true;
  const onDisk =
    <Args extends unknown[], Result>(write: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (isFull) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      return write(...args);
    };
  here.keep({ ...folder, store: onDisk(folder.store), noteTrouble: onDisk(folder.noteTrouble) });
  await expect.poll(() => here.doors.httpsPort(), eventually).not.toBeNull();
  await expect.poll(() => here.faults.length, eventually).toBeGreaterThan(3);
  expect(here.authority.seen.orders).toBe(1);
  expect(await readOverTls(here)).toBe("from inside");
  expect(folder.certificate(DOMAIN)).toBeNull();
  isFull = false;
  await expect.poll(() => folder.certificate(DOMAIN)?.names, eventually).toEqual([DOMAIN]);
});

test("a refusal that a full disk cannot note has its pause all the same", async () => {
  const here = await stage();
  here.authority.faults.refuseOrder = "rateLimited";
  const seen = { looks: 0, notes: 0 };
  const folder = tlsFolder(here.dataDir);
  here.keep({
    ...folder,
    certificate(domain) {
      seen.looks += 1;
      return folder.certificate(domain);
    },
    noteTrouble() {
      seen.notes += 1;
      throw new Error("ENOSPC: no space left on device");
    },
  });
  await expect.poll(() => seen.notes, eventually).toBe(1);
  here.authority.faults.refuseOrder = null;
  here.now.ms += 60_000; // of a pause of two minutes
  const { looks } = seen;
  await expect.poll(() => seen.looks, eventually).toBeGreaterThan(looks + 2);
  expect([seen.notes, here.authority.seen.orders]).toEqual([1, 0]);
  here.now.ms += 60_000;
  await expect.poll(() => here.authority.seen.orders, eventually).toBe(1);
});

test.each([
  ["nobody fetches the right file", "connection", "could not reach port 80", false],
  ["another machine answers", "unauthorized", "points elsewhere", true],
])("%s: one sentence says what to do", async (_, type, words, isPublished) => {
  const other = createServer((_request, reply) => reply.end("something else")).listen(0, "127.0.0.1");
  await new Promise((ready) => other.once("listening", ready));
  const { port } = other.address() as { port: number };
  if (!isPublished) await new Promise((done) => other.close(done));
  else ending.push(() => other.close());
  const authority = await startAcme({ port: 0, challengeAt: { host: "127.0.0.1", port } });
  ending.push(() => authority.close());
  let taken = 0;
  const ordering = orderCertificate({
    directory: authority.directory,
    domain: DOMAIN,
    email: "",
    accountPem: newKeyPem(),
    publish: () => () => void taken++,
    wait: () => new Promise((done) => setTimeout(done, 10)),
  });
  await expect(ordering).rejects.toMatchObject({ type, message: expect.stringContaining(words) });
  expect(taken).toBe(1); // the file does not stay
});

test("an authority that is away, or none at all, is told apart", async () => {
  const wanted = {
    domain: DOMAIN,
    email: "",
    accountPem: newKeyPem(),
    publish: () => () => {},
    wait: async () => {},
  };
  await expect(orderCertificate({ ...wanted, directory: "http://127.0.0.1:1/directory" })).rejects.toThrow(
    "was not reached (ECONNREFUSED)",
  );
  const page = createServer((_request, reply) => reply.end("<html>")).listen(0, "127.0.0.1");
  ending.push(() => page.close());
  await new Promise((ready) => page.once("listening", ready));
  const directory = `http://127.0.0.1:${(page.address() as { port: number }).port}/`;
  await expect(orderCertificate({ ...wanted, directory })).rejects.toThrow(
    "no directory of a certificate authority",
  );
});

test("a certificate for another name, or with another key, is not taken over", async () => {
  const here = await stage();
  here.keep();
  await expect.poll(() => here.doors.httpsPort(), eventually).not.toBeNull();
  const folder = tlsFolder(here.dataDir);
  const { pem = "" } = folder.certificate(DOMAIN) ?? {};
  expect(() => folder.store("other.example", pem)).toThrow("not for other.example");
  const chain = pem.slice(pem.indexOf("-----BEGIN CERTIFICATE"));
  expect(() => folder.store(DOMAIN, newKeyPem() + chain)).toThrow("does not belong");
  expect(folder.certificate(DOMAIN)?.pem).toBe(pem);
  expect(readCertificate(chain).names).toEqual([DOMAIN]);
});

test.each([
  [90, 59, false],
  [90, 60, true],
  [6, 3.9, false],
  [6, 4, true],
])("of %d days, after %d: due is %s", (days, age, due) => {
  const day = 24 * HOUR_MS;
  expect(isDue({ from: 0, until: days * day }, age * day)).toBe(due);
});

const openssl = spawnSync("openssl", ["version"]).status === 0;
test.skipIf(!openssl)("OpenSSL reads our request as we mean it (skipped without openssl)", () => {
  const asked = spawnSync("openssl", ["req", "-inform", "DER", "-verify", "-noout", "-text"], {
    input: signingRequest(newKeyPem(), DOMAIN),
    encoding: "utf8",
  });
  expect(asked.status).toBe(0);
  expect(asked.stdout).toContain(`DNS:${DOMAIN}`);
  expect(asked.stdout).toContain("ecdsa-with-SHA256");
});
