import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { errorCatalogue } from "../errors.ts";
import { docsStyle } from "./docs-style.ts";
import { inlinePolicy } from "./headers.ts";
import type { OpenApi, Operation, Schema } from "./openapi.ts";

/** Copies the command that stands above the pressed button; says so to those who do not see it. */
const SCRIPT = `document.addEventListener("click",async(event)=>{
const button=event.target.closest("button[data-copy]");if(!button)return;
try{await navigator.clipboard.writeText(button.previousElementSibling.textContent);button.textContent="Copied"}
catch{button.textContent="Select the text and copy it by hand"}
setTimeout(()=>{button.textContent="Copy"},2000)});`;

/** GET /api: the reference for people; GET /api/openapi.json: the same for programs. */
export function registerDocs(app: FastifyInstance, make: () => OpenApi): void {
  // Made at the first request: few nodes are ever asked, and it takes memory.
  let made: OpenApi | null = null;
  const documentOf = (): OpenApi => {
    made ??= make();
    return made;
  };
  let page: { html: string; policy: string } | null = null;
  app.get("/api/openapi.json", async (_request, reply) =>
    reply.header("cache-control", "no-cache").send(documentOf()),
  );
  app.get("/api", async (_request, reply) => {
    page ??= makePage(documentOf());
    return reply
      .header("content-security-policy", page.policy)
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(page.html);
  });
  app.get("/logo-sign.svg", async (_request, reply) => {
    const file = new URL("../../web/ui/logo-sign.svg", import.meta.url);
    return reply
      .header("cache-control", "public, max-age=86400")
      .type("image/svg+xml")
      .send(readFileSync(file));
  });
}

function makePage(document: OpenApi): { html: string; policy: string } {
  const style = docsStyle();
  const hash = (text: string) => createHash("sha256").update(text).digest("base64");
  return {
    html: html(document, style),
    policy: inlinePolicy({ script: hash(SCRIPT), style: hash(style) }),
  };
}

interface Place {
  method: string;
  path: string;
  operation: Operation;
}

function html(document: OpenApi, style: string): string {
  const places: Place[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const groups = document.tags.map(({ name }) => ({
    name,
    places: places.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const contents = groups
    .map(
      ({ name, places: list }) =>
        `<h2>${escapeHtml(name)}</h2><ul>${list
          .map(
            ({ operation }) =>
              `<li><a href="#${operation.operationId}">${escapeHtml(operation.summary)}</a></li>`,
          )
          .join("")}</ul>`,
    )
    .join("");
  const sections = groups
    .map(
      ({ name, places: list }) =>
        `<section><h2>${escapeHtml(name)}</h2>${list.map(article).join("")}</section>`,
    )
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Augenhöhe API</title><link rel="icon" href="/logo-sign.svg"><style>${style}</style></head>
<body><header class="frame"><div><h1>Augenhöhe API</h1>${introduction(document)}</div></header><div class="frame"><nav aria-label="Contents">${contents}<h2>Errors</h2><ul><li><a href="#errors">All codes</a></li></ul></nav>
<main>${sections}${errors()}</main></div><script>${SCRIPT}</script></body></html>`;
}

function introduction(document: OpenApi): string {
  return `<p>${escapeHtml(document.info.description).replace(/`([^`]+)`/g, "<code>$1</code>")}</p>
<p>The same as data: <a href="/api/openapi.json">OpenAPI ${document.openapi}</a>. Version ${escapeHtml(document.info.version)}.</p>
<p>In the examples <code>$NODE</code> is this node's address and <code>$KEY</code> your API key.</p>
<p>Live: <code>GET /api/v1/events</code> is a stream of Server-Sent Events; each <code>data</code> is a LiveEvent of the
document. After a lost connection send <code>Last-Event-ID</code>, and what was missed comes first.</p>`;
}

function article({ method, path, operation }: Place): string {
  const access = operation["x-access"] === "public" ? "open to all" : `for ${operation["x-access"]}`;
  const body = operation.requestBody?.content["application/json"];
  const [status, reply] = Object.entries(operation.responses)[0] ?? ["200", undefined];
  const example = reply?.content?.["application/json"]?.example;
  const command = curl(method, path, operation);
  return `<article id="${operation.operationId}"><h3><a href="#${operation.operationId}"><span class="method">${method}</span> ${escapeHtml(path)}</a></h3>
<p>${escapeHtml(operation.summary.replace(/[^.?!]$/, "$&."))} <span class="tag">${access}</span></p>${parameters(operation)}
${body ? `<h4>Body</h4>${fields(body.schema)}` : ""}
<h4>Try it</h4><pre>${escapeHtml(command)}</pre><button type="button" data-copy>Copy</button>
<details><summary>Answer ${status}</summary><pre>${escapeHtml(JSON.stringify(example, null, 2) ?? "")}</pre></details></article>`;
}

function parameters(operation: Operation): string {
  const own = (operation.parameters ?? []).filter((one) => one.name !== undefined);
  if (own.length === 0) return "";
  const rows = own.map((one) => row(one.name, one.schema, one.required)).join("");
  return `<h4>Parameters</h4>${table(rows)}`;
}

function fields(schema: Schema): string {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((one) => fields(one)).join("");
  const required = new Set(schema.required);
  return table(
    Object.entries(schema.properties ?? {})
      .map(([name, property]) => row(name, property, required.has(name)))
      .join(""),
  );
}

function table(rows: string): string {
  return `<div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function row(name: string, schema: Schema, isRequired: boolean): string {
  const meaning = [
    isRequired ? "required" : "",
    schema.description ?? "",
    schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`,
  ];
  return `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(typeOf(schema))}</td><td>${escapeHtml(meaning.filter(Boolean).join("; "))}</td></tr>`;
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(" | ");
  if (schema.type === "array") return `${typeOf(schema.items ?? {})}[]`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type;
  return [type ?? "any", schema.format].filter(Boolean).join(", ");
}

function curl(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content["application/json"]?.example;
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`} "$NODE${address}"`,
    ...(operation.security.length > 0 ? ['-H "X-Api-Key: $KEY"'] : []),
    ...(body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${quote(JSON.stringify(body))}'`]),
  ];
  return parts.join(" \\\n  ");
}

/** Inside single quotes of a shell. */
function quote(text: string): string {
  return text.replaceAll("'", "'\\''");
}

function errors(): string {
  const rows = errorCatalogue()
    .map(
      ({ code, status, text }) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(text)}</td></tr>`,
    )
    .join("");
  return `<section id="errors"><h2>Errors</h2>${table(rows).replace(">Type<", ">Status<")}</section>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
