import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as contracts from "#kernel/api";
import { kernelRoutes } from "../../src/kernel/desk/routes.ts";
import type { OpenApi, Operation, Schema } from "../../src/kernel/http/openapi.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { type Desk, openDesk } from "./desk-world.ts";

let desk: Desk;
let document: OpenApi;
beforeAll(async () => {
  desk = await openDesk();
  document = (await desk.app.inject("/api/openapi.json")).json();
});
afterAll(() => desk.close());

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      path,
      method,
      operation,
    ]),
  );

describe("the OpenAPI document", () => {
  test("lists every contract of the desk", () => {
    const visitors = /^\/(web|c|me)\//;
    const wanted = (Object.values(contracts) as unknown[])
      .filter(
        (one): one is contracts.Contract =>
          typeof one === "object" && one !== null && "path" in one && "method" in one,
      )
      .filter((one) => !visitors.test(one.path));
    expect(wanted.length).toBeGreaterThan(40);
    for (const { method, path } of wanted)
      expect(
        document.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()],
        `${method} ${path}`,
      ).toBeDefined();
  });

  test("is sound: unique ids, declared path parameters, references that lead somewhere", () => {
    expect(document.openapi).toBe("3.1.0");
    const ids = operations().map(([, , operation]) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, , operation] of operations()) {
      const inPath = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort());
      expect(Object.keys(operation.responses)).toContain("default");
      for (const scheme of operation.security.flatMap((one) => Object.keys(one)))
        expect(document.components.securitySchemes).toHaveProperty(scheme);
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (match) => match[1] ?? "",
    );
    expect(references.length).toBeGreaterThan(20);
    for (const reference of new Set(references))
      expect(
        reference.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document),
        reference,
      ).toBeDefined();
  });

  test("shows examples that fit their own schemas", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "doc", components: document.components });
    const check = (schema: Schema | undefined, example: unknown, name: string) => {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"doc#/components');
      const validate = ajv.compile(JSON.parse(text));
      expect(
        validate(example),
        `${name}: ${ajv.errorsText(validate.errors)} ${JSON.stringify(example)}`,
      ).toBe(true);
    };
    let checked = 0;
    for (const [path, method, operation] of operations()) {
      const parts = [operation.requestBody, ...Object.values(operation.responses)];
      for (const content of parts.map((part) => part?.content?.["application/json"])) {
        if (content?.example === undefined) continue;
        check(content.schema, content.example, `${method} ${path}`);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(60);
  });
});

test("the reference page is whole without any other address, and every operation has an anchor", async () => {
  const page = await desk.app.inject("/api");
  expect(page.headers["content-type"]).toMatch("text/html");
  for (const [, , operation] of operations()) expect(page.body).toContain(`id="${operation.operationId}"`);
  expect(page.body).toContain('id="not_found"');
  expect(page.body).not.toMatch(/(src|href)="https?:/);
  expect(page.body).not.toMatch(/<[a-z]+ [^>]*style=/);
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-/);
});

describe("pages", () => {
  test("are served compressed, cached by their names, and nothing outside their folder", async () => {
    const pages = await mkdtemp(join(tmpdir(), "ah-pages-"));
    const put = async (path: string, text: string) => {
      await mkdir(join(pages, path, ".."), { recursive: true });
      await writeFile(join(pages, path), text);
    };
    const script = "console.log('moin');".repeat(200);
    await put("web/desk/index.html", "<!doctype html>desk");
    await put("web/desk/assets/main-AbCd1234.js", script);
    await put("web/page/index.html", "<!doctype html>page");
    await put("web/widget/widget.js", script);
    await put("secret.txt", "secret");
    const app = createHttpServer(desk.node.kernel, {
      routes: kernelRoutes(desk.node.kernel),
      pages: join(pages, "web"),
    });
    const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

    const deep = await get("/desk/conversations/12");
    expect([deep.statusCode, deep.body, deep.headers["cache-control"]]).toEqual([
      200,
      "<!doctype html>desk",
      "no-cache",
    ]);
    expect(deep.headers["content-security-policy"]).toMatch("script-src 'self'");
    expect((await get("/")).headers.location).toBe("/desk/");
    const asset = await get("/desk/assets/main-AbCd1234.js", { "accept-encoding": "gzip, br" });
    expect([asset.headers["content-encoding"], asset.headers["cache-control"]]).toEqual([
      "br",
      "public, max-age=31536000, immutable",
    ]);
    expect(brotliDecompressSync(asset.rawPayload).toString()).toBe(script);
    const zipped = await get("/desk/assets/main-AbCd1234.js", { "accept-encoding": "gzip" });
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(script);
    expect(
      (await get("/desk/assets/main-AbCd1234.js", { "if-none-match": String(asset.headers.etag) }))
        .statusCode,
    ).toBe(304);
    const widget = await get("/widget.js");
    expect([
      widget.headers["access-control-allow-origin"],
      widget.headers["cross-origin-resource-policy"],
    ]).toEqual(["*", "cross-origin"]);
    expect(widget.headers["cache-control"]).toMatch(/^public, max-age=300/);
    expect((await get("/c/nobody")).statusCode).toBe(404);
    const slug = desk.node.kernel.registry.tenant(desk.tenantId)?.slug;
    expect((await get(`/c/${slug}`)).statusCode).toBe(200);
    for (const url of [
      "/desk/../../secret.txt",
      "/desk/%2e%2e/%2e%2e/secret.txt",
      "/widget/..%2f..%2fsecret.txt",
      "/page/x%00.js",
      "/desk/missing.js",
    ]) {
      const answer = await get(url);
      expect(answer.body, url).not.toMatch(/^secret/);
      if (/\.\w+$/.test(new URL(url, "http://x").pathname))
        expect([url, answer.statusCode]).toEqual([url, 404]);
    }
    await app.close();
    await rm(pages, { recursive: true });
  });
});
