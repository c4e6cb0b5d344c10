import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { createStaffAccount } from "../../src/kernel/auth/accounts.ts";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import { SETUP_LOCK, sessionRoutes } from "../../src/kernel/auth/session-routes.ts";
import { makeSetupCode } from "../../src/kernel/auth/setup-code.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { asOwner } from "./backup-world.ts";

let node: World;
let app: FastifyInstance;

beforeEach(async () => {
  // Sessions live by the library's own clock.
  node = await world({ startMs: Date.now() });
  app = createHttpServer(node.kernel, { routes: sessionRoutes(node.kernel), checkReplies: true });
});
afterEach(async () => {
  await app.close();
  await node.close();
});

const owner = { name: "Ove Ohlsen", email: "Ove@Example.com", password: "moin moin moin" };
const first = { ...owner, company: "Ohlsen & Söhne", timeZone: "Europe/Berlin", language: "de" };

function signIn(email: string, password: string, headers: Record<string, string> = {}) {
  return app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    payload: { email, password },
    headers,
  });
}
function cookieOf(response: { cookies: { name: string; value: string }[] }): string {
  return response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

describe("the first owner", () => {
  test("signs up once, signs in, sees the company, and signs out", async () => {
    expect((await app.inject("/api/v1/setup")).json()).toEqual({ needed: true, demo: null });
    const made = await app.inject({ method: "POST", url: "/api/v1/setup", payload: first });
    expect(made.statusCode).toBe(201);
    expect((await app.inject("/api/v1/setup")).json()).toEqual({ needed: false, demo: null });
    const session = await signIn("ove@example.com", owner.password);
    expect(session.statusCode).toBe(200);
    expect(session.headers["set-cookie"]).toMatch(/HttpOnly; SameSite=Lax/i);
    const cookie = cookieOf(session);
    const me = await app.inject({ url: "/api/v1/me", headers: { cookie } });
    expect(me.json()).toMatchObject({
      user: { name: "Ove Ohlsen", email: "ove@example.com" },
      role: "owner",
      company: { name: "Ohlsen & Söhne", slug: "ohlsen-soehne" },
    });
    await app.inject({ method: "POST", url: "/api/auth/sign-out", headers: { cookie }, payload: {} });
    expect((await app.inject({ url: "/api/v1/me", headers: { cookie } })).statusCode).toBe(401);
  });

  test("brings the code where setup made one: once, and not after its days", async () => {
    const now = node.kernel.clock.now();
    const code = await makeSetupCode(node.kernel.db, now);
    expect((await app.inject("/api/v1/setup")).json()).toEqual({
      needed: true,
      demo: null,
      codeNeeded: true,
    });
    const send = (more: object) =>
      app.inject({ method: "POST", url: "/api/v1/setup", payload: { ...first, ...more } });
    expect((await send({})).statusCode).toBe(403);
    expect((await send({ code: "guessed" })).json()).toMatchObject({ code: "forbidden" });
    await makeSetupCode(node.kernel.db, now - 8 * 86_400_000);
    expect((await send({ code })).json().detail).toContain("run out");
    const fresh = await makeSetupCode(node.kernel.db, now);
    expect((await send({ code })).statusCode).toBe(403); // the old link is worth nothing
    expect((await send({ code: fresh })).statusCode).toBe(201);
    expect((await app.inject("/api/v1/setup")).json()).toEqual({ needed: false, demo: null });
    expect(await makeSetupCode(node.kernel.db, now)).toBeNull();
  });

  test("is one, however many sign up in the same moment", async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        app.inject({
          method: "POST",
          url: "/api/v1/setup",
          payload: { ...first, email: `o${n}@example.com` },
        }),
      ),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409, 409, 409]);
    const { rows } = await node.kernel.db.node.query("select 1 from kernel.tenant");
    expect(rows).toHaveLength(1);
  });

  test("that comes late hears so at once, without standing in a queue that holds connections", async () => {
    expect((await app.inject({ method: "POST", url: "/api/v1/setup", payload: first })).statusCode).toBe(201);
    await asOwner(node.kernel.db.address, async (client) => {
      await client.query("select pg_advisory_lock($1)", [SETUP_LOCK]);
      const late = await app.inject({ method: "POST", url: "/api/v1/setup", payload: first });
      expect(late.statusCode).toBe(409);
    });
  });

  test("cannot be made with a short password or an unknown time zone", async () => {
    const short = await app.inject({
      method: "POST",
      url: "/api/v1/setup",
      payload: { ...first, password: "short" },
    });
    expect(short.statusCode).toBe(400);
    expect(short.headers["content-type"]).toMatch("application/problem+json");
    expect(short.json()).toMatchObject({ code: "bad_request", status: 400, errors: [{ path: "password" }] });
    const zone = await app.inject({
      method: "POST",
      url: "/api/v1/setup",
      payload: { ...first, timeZone: "Mars/Olympus" },
    });
    expect(zone.json()).toMatchObject({ errors: [{ path: "timeZone" }] });
  });
});

describe("a session", () => {
  const place = (tenantId: number, role: "owner" | "agent", password?: string) => ({
    tenantId,
    email: "anna@example.com",
    name: "Anna",
    role,
    departmentId: null,
    ...(password ? { password } : {}),
  });

  test("reaches only the companies of its person, and the chosen one", async () => {
    const [a, b, c] = [
      await node.tenant({ name: "A" }),
      await node.tenant({ name: "B" }),
      await node.tenant({ name: "C" }),
    ];
    const account = await createStaffAccount(node.kernel, place(a.id, "agent"));
    expect(account.oneTimePassword).toMatch(/^[\w-]{12}$/);
    // The person exists already: joins with the own password.
    const joined = await createStaffAccount(node.kernel, place(b.id, "owner"));
    expect(joined).toEqual({ userId: account.userId, oneTimePassword: null });
    const cookie = cookieOf(await signIn("anna@example.com", account.oneTimePassword ?? ""));
    const meIn = async (tenant?: number) =>
      app.inject({
        url: "/api/v1/me",
        headers: { cookie, ...(tenant ? { "x-tenant": String(tenant) } : {}) },
      });
    expect((await meIn()).json()).toMatchObject({
      role: "agent",
      company: { name: "A" },
      companies: [{ name: "A" }, { name: "B" }],
    });
    expect((await meIn(b.id)).json()).toMatchObject({ role: "owner", company: { name: "B" } });
    expect((await meIn(c.id)).statusCode).toBe(404);
    expect(
      (await app.inject({ url: `/api/v1/me?tenant=${b.id}`, headers: { cookie } })).json(),
    ).toMatchObject({ company: { name: "B" } });
  });

  test("ends at once for who is no longer active", async () => {
    const a = await node.tenant();
    const account = await createStaffAccount(node.kernel, place(a.id, "agent", "a long password"));
    const cookie = cookieOf(await signIn("anna@example.com", "a long password"));
    expect((await app.inject({ url: "/api/v1/me", headers: { cookie } })).statusCode).toBe(200);
    await node.kernel.db.node.query("update kernel.staff set active = false where user_id = $1", [
      account.userId,
    ]);
    node.clock.advance(5_001);
    expect((await app.inject({ url: "/api/v1/me", headers: { cookie } })).statusCode).toBe(404);
  });

  test("is not made by a wrong password; ten failures close the door for a while", async () => {
    const a = await node.tenant();
    await createStaffAccount(node.kernel, place(a.id, "agent", "a long password"));
    for (let n = 0; n < 10; n++) {
      const answer = await signIn("anna@example.com", "wrong");
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ code: "not_signed_in" });
    }
    const closed = await signIn("Anna@example.com", "a long password");
    expect(closed.statusCode).toBe(429);
    expect(Number(closed.headers["retry-after"])).toBeGreaterThan(0);
    node.clock.advance(60_000);
    expect((await signIn("anna@example.com", "a long password")).statusCode).toBe(200);
  });

  test("wrong passwords that are tried side by side count like those one after the other", async () => {
    const a = await node.tenant();
    await createStaffAccount(node.kernel, place(a.id, "agent", "a long password"));
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) => signIn("anna@example.com", `wrong ${n}`)),
    );
    expect(answers.filter((one) => one.statusCode === 401)).toHaveLength(10);
    expect(answers.filter((one) => one.statusCode === 429)).toHaveLength(4);
    node.clock.advance(60_000);
    const right = await Promise.all(
      Array.from({ length: 2 }, () => signIn("anna@example.com", "a long password")),
    );
    expect(right.map((one) => one.statusCode)).toEqual([200, 200]);
    // Who signed in was given back what was counted.
    expect((await signIn("anna@example.com", "a long password")).statusCode).toBe(200);
  });

  test("does nothing for a page of another origin", async () => {
    const a = await node.tenant();
    await createStaffAccount(node.kernel, place(a.id, "agent", "a long password"));
    const foreign = await signIn("anna@example.com", "a long password", { origin: "https://evil.example" });
    expect(foreign.statusCode).toBe(403);
    const own = await signIn("anna@example.com", "a long password", { origin: "http://localhost:80" });
    expect(own.statusCode).toBe(200);
  });

  test("nobody signs up by the library's own door", async () => {
    const answer = await app.inject({
      method: "POST",
      url: "/api/auth/sign-up/email",
      payload: { email: "x@example.com", password: "a long password", name: "X" },
    });
    expect(answer.statusCode).toBe(404);
  });
});

describe("an API key", () => {
  test("acts as staff of its company, in either header, until it is revoked", async () => {
    const a = await node.tenant({ name: "A" });
    const other = await node.tenant({ name: "B" });
    const { secret, id } = await createApiKey(node.kernel, a.id, { name: "Shop", role: "manager" });
    expect(secret).toMatch(/^ah_[\w-]{43}$/);
    const { rows } = await node.kernel.db.node.query("select * from kernel.api_key");
    expect(JSON.stringify(rows)).not.toContain(secret);
    for (const headers of [{ "x-api-key": secret }, { authorization: `Bearer ${secret}` }])
      expect((await app.inject({ url: "/api/v1/me", headers })).json()).toMatchObject({
        user: { id: `key:${id}`, name: "Shop", email: "" },
        role: "manager",
        company: { name: "A" },
      });
    expect(
      (
        await app.inject({
          url: "/api/v1/me",
          headers: { "x-api-key": secret, "x-tenant": String(other.id) },
        })
      ).statusCode,
    ).toBe(404);
    expect((await app.inject({ url: "/api/v1/me", headers: { "x-api-key": `${secret}x` } })).statusCode).toBe(
      401,
    );
    await node.kernel.db.node.query("delete from kernel.api_key");
    node.clock.advance(5_001);
    expect((await app.inject({ url: "/api/v1/me", headers: { "x-api-key": secret } })).statusCode).toBe(401);
  });

  test("has a limit of its own", async () => {
    const strict = createHttpServer(node.kernel, {
      routes: sessionRoutes(node.kernel),
      rateRules: { actor: { burst: 2, perMinute: 60 } },
    });
    const { secret } = await createApiKey(node.kernel, (await node.tenant()).id, {
      name: "Shop",
      role: "agent",
    });
    const ask = () => strict.inject({ url: "/api/v1/me", headers: { "x-api-key": secret } });
    expect([(await ask()).statusCode, (await ask()).statusCode]).toEqual([200, 200]);
    const late = await ask();
    expect([late.statusCode, late.headers["retry-after"], late.json().code]).toEqual([
      429,
      "1",
      "too_many_requests",
    ]);
    node.clock.advance(1_000);
    expect((await ask()).statusCode).toBe(200);
    await strict.close();
  });
});

describe("the door", () => {
  test("answers unknown addresses, broken JSON and too much with problems", async () => {
    const unknown = await app.inject("/nothing");
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, "not_found"]);
    const post = (payload: string) =>
      app.inject({
        method: "POST",
        url: "/api/v1/setup",
        headers: { "content-type": "application/json" },
        payload,
      });
    expect((await post("{")).json()).toMatchObject({ status: 400, code: "broken_json" });
    expect((await post('{"__proto__":{"a":1}}')).json()).toMatchObject({ status: 400, code: "broken_json" });
    expect((await post(`"${"x".repeat(1_100_000)}"`)).json()).toMatchObject({
      status: 413,
      code: "too_large",
    });
    expect(unknown.headers["x-content-type-options"]).toBe("nosniff");
    expect(unknown.headers["content-security-policy"]).toMatch("frame-ancestors 'none'");
  });

  test("behind a proxy counts the address that the proxy saw, not the one that the caller wrote", async () => {
    const config = { ...node.kernel.config, trustProxy: true };
    const kernel = { ...node.kernel, config };
    const proxied = createHttpServer(kernel, {
      routes: [],
      rateRules: { address: { burst: 2, perMinute: 1 } },
    });
    const statusOf = async (forged: string) =>
      (await proxied.inject({ url: "/health", headers: { "x-forwarded-for": `${forged}, 203.0.113.9` } }))
        .statusCode;
    expect([await statusOf("192.0.2.1"), await statusOf("192.0.2.2"), await statusOf("192.0.2.3")]).toEqual([
      200, 200, 429,
    ]);
    await proxied.close();
  });

  test("says how the node is, and 503 when its database is away", async () => {
    const well = await app.inject("/health");
    expect([well.statusCode, well.json().database, well.json().pumpLagSeconds]).toEqual([200, "ok", 0]);
    const metrics = await app.inject("/metrics");
    expect(metrics.body).toMatch(/ah_http_request_seconds_bucket.*route="\/health"/);
    const proxied = await app.inject({ url: "/metrics", headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(proxied.statusCode).toBe(401);
    await node.kernel.db.node.query("select 1");
    const away = {
      ...node.kernel,
      db: { ...node.kernel.db, node: { query: () => Promise.reject(new Error("away")) } },
    };
    const lonely = createHttpServer(away as unknown as typeof node.kernel, { routes: [] });
    const ill = await lonely.inject("/health");
    expect([ill.statusCode, ill.json().database]).toEqual([503, "away"]);
    await lonely.close();
  });
});
