import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "#kernel/api";
import * as api from "#kernel/api";
import type { OpenApi } from "../../src/kernel/http/openapi.ts";
import * as advocate from "../../src/skills/advocate/api.ts";
import * as business from "../../src/skills/business/api.ts";
import * as colleagues from "../../src/skills/colleagues/api.ts";
import * as delivery from "../../src/skills/delivery/api.ts";
import * as lookup from "../../src/skills/lookup/api.ts";
import * as notices from "../../src/skills/notices/api.ts";
import * as pay from "../../src/skills/pay/api.ts";
import * as reports from "../../src/skills/reports/api.ts";
import * as service from "../../src/skills/service/api.ts";
import * as telephone from "../../src/skills/telephone/api.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import * as week from "../../src/skills/week/api.ts";
import { type ApiClient, problemOf } from "../outside/api-client.ts";
import { newCompany } from "../outside/company.ts";
import { originOf, signedIn } from "../outside/desk.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** Every route of the API reference: called by some journey, closed to strangers, and steady under rubbish. */

/** Routes that no journey from outside calls yet, by name; shorten it, never lengthen it. */
const UNTESTED: readonly string[] = [];
/** Routes without a contract; the journeys call them by address. */
const BY_ADDRESS: Readonly<Record<string, string>> = {
  "GET /api/v1/events": "/api/v1/events",
  "POST /api/v1/files": "/api/v1/files?name",
  "GET /api/v1/files/{id}": "media?.url",
  "POST /web/{key}/files": "/files?name",
  "GET /web/{key}/files/{id}": "/files/$",
  "GET /web/{key}/stream": "/stream`",
  "POST /api/auth/sign-in/email": "/api/auth/sign-in/email",
  "POST /api/auth/sign-out": "/api/auth/sign-out",
  "POST /hooks/{app}": "webhook",
  "GET /hooks/{app}": "hub.challenge",
  "GET /health": "report.health",
  "GET /metrics": "/metrics",
};

let node: SharedNode;
let document: OpenApi;
let owner: ApiClient;
let companyId: number;

beforeAll(async () => {
  node = await sharedNode();
  document = (await (await fetch(node.report.openapi)).json()) as OpenApi;
  const company = await newCompany(node);
  owner = company.owner;
  companyId = company.id;
  // Where it is the first to need it, the node is started here.
}, 180_000);

interface Operation {
  name: string;
  method: string;
  path: string;
  access: string;
}

function operations(): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      access: operation["x-access"],
    })),
  );
}

const isContract = (one: unknown): one is Contract =>
  typeof one === "object" && one !== null && "path" in one && "method" in one && "reply" in one;

/** What the journeys' sources call by contract. */
function calledByContract(): Set<string> {
  const rooms = {
    api,
    service,
    advocate,
    business,
    colleagues,
    delivery,
    lookup,
    notices,
    pay,
    reports,
    telephone,
    wallet,
    week,
  };
  // By room and name: two rooms may call something alike.
  const contracts = new Map<string, unknown>(
    Object.entries(rooms).flatMap(([room, all]) =>
      Object.entries(all)
        .filter(([, one]) => isContract(one))
        .map(([name, one]) => [`${room}.${name}`, one] as const),
    ),
  );
  const sources =
    sourcesOf(new URL("./", import.meta.url)) + sourcesOf(new URL("../outside/", import.meta.url));
  const names = [
    ...sources.matchAll(new RegExp(`(?<![\\w.])(?:${Object.keys(rooms).join("|")})\\.\\w+`, "g")),
  ].map(([name]) => name);
  return new Set(
    names.flatMap((name) => {
      const one: unknown = contracts.get(name);
      return isContract(one) ? [`${one.method} ${one.path.replace(/:(\w+)/g, "{$1}")}`] : [];
    }),
  );
}

function sourcesOf(folder: URL): string {
  const path = fileURLToPath(folder);
  return readdirSync(path)
    .filter((name) => name.endsWith(".ts") && !name.startsWith("every-route"))
    .map((name) => readFileSync(`${path}/${name}`, "utf8"))
    .join("\n");
}

test("every route is called by a journey, or stands in the list of what is not", () => {
  const called = calledByContract();
  const sources =
    sourcesOf(new URL("./", import.meta.url)) + sourcesOf(new URL("../outside/", import.meta.url));
  const missing = operations()
    .map(({ name }) => name)
    .filter((name) => !called.has(name) && !sources.includes(BY_ADDRESS[name] ?? "\0"));
  expect(missing.sort()).toEqual([...UNTESTED].sort());
});

const fill = (path: string, value: string): string => path.replace(/\{\w+\}/g, encodeURIComponent(value));

describe("strangers", () => {
  test("are asked to sign in, by every route that is not public", async () => {
    for (const { name, method, path, access } of operations()) {
      if (access === "public" || !path.startsWith("/api/v1/")) continue;
      const response = await fetch(originOf(node.report) + fill(path, "1"), {
        method,
        headers: { "content-type": "application/json" },
        ...(method === "GET" ? {} : { body: "{}" }),
      });
      expect([name, response.status]).toEqual([name, 401]);
      const problem = problemOf({
        status: response.status,
        headers: response.headers,
        text: await response.text(),
      });
      expect(problem.code).toBe("not_signed_in");
    }
  });
});

/** Bodies that no contract wants. */
const RUBBISH: readonly unknown[] = [
  null,
  [],
  "text",
  42,
  {},
  {
    id: -1,
    name: null,
    text: { a: 1 },
    body: [],
    into: "x",
    staffId: 7,
    departmentId: "x",
    decision: "maybe",
  },
  { clientId: "\u0000", text: "\u0000\ud800", name: "\u0000", email: "a\u0000@example.com", note: "\u0000" },
  {
    clientId: "00000000-0000-4000-8000-000000000000",
    text: "x",
    replyTo: "00000000-0000-4000-8000-000000000000",
  },
  { name: "x".repeat(100_000), text: "x".repeat(100_000), q: "x".repeat(100_000) },
  { openingHours: Array.from({ length: 1_000 }, () => ({})) },
];
const IDS = [
  "0",
  "-1",
  "1e3",
  "9007199254740993",
  "99999999999999999999",
  "2147483648",
  "abc",
  "%00",
  "'",
  "..",
  "1 or 1=1",
];
/** One key may make 1,000 calls at once, one address 3,000: a company calls so often, then another one elsewhere goes on. */
const CALLS_OF_ONE = 800;
const QUERIES = [
  "?cursor=x&limit=0",
  "?cursor=W10&limit=1000",
  "?view=nothing",
  "?q=%00",
  "?q=%F0%9F%9A%B2%25_%5C'%22",
  "?limit=1&limit=2",
  "?state=x",
  "?__proto__=1",
];

describe("rubbish", () => {
  test("is answered with a problem of 4xx by every route, never with a fault of ours", async () => {
    const calls: [string, string, unknown][] = [];
    for (const { method, path } of operations().filter(({ path: each }) => each.startsWith("/api/v1/"))) {
      if (path === "/api/v1/events" || path === "/api/v1/setup" || path.endsWith("/erase")) continue;
      if (method === "GET") {
        for (const query of QUERIES) calls.push([method, fill(path, "1") + query, undefined]);
        if (path.includes("{")) for (const id of IDS) calls.push([method, fill(path, id), undefined]);
      } else {
        for (const body of RUBBISH) calls.push([method, fill(path, "1"), body]);
        for (const id of IDS) if (path.includes("{")) calls.push([method, fill(path, id), {}]);
      }
    }
    expect(calls.length).toBeGreaterThan(500);
    const faults: string[] = [];
    let caller = owner.from("127.0.1.0");
    for (let at = 0; at < calls.length; at += 8) {
      if (at > 0 && at % CALLS_OF_ONE === 0)
        caller = (await newCompany(node)).owner.from(`127.0.1.${at / CALLS_OF_ONE}`);
      await Promise.all(
        calls.slice(at, at + 8).map(async ([method, path, body]) => {
          const reply = await caller.raw(method, path, body);
          const shown = `${method} ${path} ${JSON.stringify(body)?.slice(0, 80)} -> ${reply.status}`;
          if (reply.status >= 500 || reply.status === 429) faults.push(`${shown} ${reply.text}`);
          else if (reply.status >= 400 && reply.status !== 404) problemOf(reply);
        }),
      );
    }
    expect(faults).toEqual([]);
    expect(await owner.call(api.me)).toMatchObject({ company: { id: companyId } });
  }, 120_000);

  test("of bodies that are no JSON, too deep, too large or of another kind", async () => {
    const post = (body: string | Buffer, type = "application/json") =>
      fetch(`${originOf(node.report)}/api/v1/departments`, {
        method: "POST",
        headers: { ...owner.headers, "content-type": type },
        body: body as string,
      });
    expect((await post("{")).status).toBe(400);
    expect((await post('{"__proto__":{"name":"x"}}')).status).toBe(400);
    expect((await post(`${"[".repeat(50_000)}${"]".repeat(50_000)}`)).status).toBe(400);
    expect((await post(`{"name":"${"x".repeat(1_100_000)}"}`)).status).toBe(413);
    expect((await post("<name>x</name>", "application/xml")).status).toBe(415);
    expect((await post("name=x", "application/x-www-form-urlencoded")).status).toBe(415);
    expect((await post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
  });

  test("at addresses that are none", async () => {
    const base = originOf(node.report);
    for (const path of [
      "/nothing",
      "/api/v1/nothing",
      "/hooks/",
      "/web/",
      "/c/nobody/data",
      "/%00",
      "/..%2f..%2fetc/passwd",
      "/api/v1/%E0%A4%A",
    ]) {
      const response = await fetch(base + path);
      expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
    }
    for (const method of ["PUT", "DELETE", "PATCH"])
      expect((await fetch(`${base}/health`, { method })).status).toBeGreaterThanOrEqual(404);
  });
});

test("signing out ends the session; figures are for the machine itself", async () => {
  const base = originOf(node.report);
  const session = await signedIn(base, node.report.signIn ?? { email: "", password: "" });
  await session.call(api.me);
  await session.raw("POST", "/api/auth/sign-out", {});
  expect((await session.refused(api.me)).status).toBe(401);
  const metrics = await fetch(`${base}/metrics`);
  expect(await metrics.text()).toContain("ah_webhooks_total");
});
