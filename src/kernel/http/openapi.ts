import { z } from "zod";
import { company } from "../api/company.ts";
import { contact } from "../api/contacts.ts";
import { callback, conversation, message } from "../api/conversations.ts";
import { liveEvent } from "../api/events.ts";
import { errorCatalogue } from "../errors.ts";
import { exampleOf } from "./example.ts";
import { extraPaths } from "./openapi-extra.ts";
import { PROBLEM_TYPE } from "./problem.ts";
import type { AnyRoute } from "./route.ts";

/** JSON Schema 2020-12, as far as we look into it. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  /** Of a tuple */
  prefixItems?: Schema[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  default?: unknown;
  description?: string;
  minimum?: number;
  minItems?: number;
  $ref?: string;
  [more: string]: unknown;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  security: Record<string, string[]>[];
  "x-access": string;
  parameters?: {
    name: string;
    in: "path" | "query" | "header";
    required: boolean;
    schema: Schema;
    description?: string;
  }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema; example?: unknown }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: Schema; example?: unknown }> }
  >;
}

export interface OpenApi {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, unknown>;
    parameters: Record<string, unknown>;
  };
}

/** Shapes that many replies share: written once and referred to. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Conversation: conversation,
  Message: message,
  Contact: contact,
  Company: company,
  Callback: callback,
  LiveEvent: liveEvent,
};

const problem = z.object({
  type: z.string().describe("points to the error's place in the reference"),
  title: z.string().describe("what happened, what was kept, what to do next"),
  status: z.number().int(),
  code: z.enum(errorCatalogue().map((one) => one.code) as [string, ...string[]]).describe("stable for ever"),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional().describe("reference to the node's log"),
});

const DESCRIPTION = `Everything that the desk does is done with these calls. Sign in with an API key in the header \`X-Api-Key\`
(or \`Authorization: Bearer\`), made at the desk (House, API keys) or at POST /api/v1/api-keys.
Lists give \`next\`: pass it as \`cursor\` for the next page.
Errors are ${PROBLEM_TYPE} (RFC 9457) with a stable \`code\`. Ids of other companies answer 404.`;

/**
 * The OpenAPI 3.1 document of these routes (https://spec.openapis.org/oas/v3.1.1), made from their contracts.
 * @param info.publicUrl "" = relative addresses
 */
export function openApi(routes: readonly AnyRoute[], info: { version: string; publicUrl: string }): OpenApi {
  const named = namedSchemas();
  const paths: OpenApi["paths"] = {};
  for (const { contract } of routes) {
    const path = contract.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(contract, named) };
  }
  for (const [path, operations] of Object.entries(extraPaths))
    paths[path] = { ...paths[path], ...withProblem(operations) };
  const tags = [
    ...new Set(Object.values(paths).flatMap((methods) => Object.values(methods).flatMap((one) => one.tags))),
  ];
  return {
    openapi: "3.1.0",
    info: {
      title: "Augenhöhe",
      version: info.version,
      description: DESCRIPTION,
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
    },
    servers: [{ url: info.publicUrl || "/" }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...named.schemas, Problem: jsonSchema(problem, "output") },
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "X-Api-Key" },
        session: { type: "apiKey", in: "cookie", name: "augenhoehe.session_token" },
      },
      parameters: {
        tenant: {
          name: "X-Tenant",
          in: "header",
          required: false,
          schema: { type: "integer" },
          description: "Which company, for sessions of people who work for several; an API key has one.",
        },
      },
    },
  };
}

const FAILED = {
  description: "The call failed; nothing was changed unless the sentence says so.",
  content: { [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } },
};

function withProblem(operations: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(operations).map(([method, one]) => [
      method,
      { ...one, responses: { ...one.responses, default: FAILED } },
    ]),
  );
}

interface Named {
  schemas: Record<string, Schema>;
  /** JSON of the schema -> its name */
  names: Map<string, string>;
}

function namedSchemas(): Named {
  const schemas: Record<string, Schema> = {};
  const names = new Map<string, string>();
  for (const [name, schema] of Object.entries(NAMED)) {
    const json = jsonSchema(schema, "output");
    names.set(JSON.stringify(json), name);
    schemas[name] = json;
  }
  // Replace inside the named ones as well, but not each by itself.
  for (const [name, schema] of Object.entries(schemas)) {
    for (const [key, value] of Object.entries(schema)) schema[key] = referTo(value, names);
    schemas[name] = schema;
  }
  return { schemas, names };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema;
  return rest;
}

function referTo(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => referTo(one, names));
  if (typeof value !== "object" || value === null) return value;
  const name = names.get(JSON.stringify(value));
  if (name) return { $ref: `#/components/schemas/${name}` };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, referTo(one, names)]));
}

function operation(contract: AnyRoute["contract"], named: Named): Operation {
  const reply = jsonSchema(contract.reply, "output");
  const isOpen = contract.access === "public";
  const body = contract.body && jsonSchema(contract.body, "input");
  return {
    operationId: operationId(contract.method, contract.path),
    tags: [contract.tag],
    summary: contract.summary,
    security: isOpen ? [] : [{ apiKey: [] }, { session: [] }],
    "x-access": contract.access,
    parameters: [
      ...parametersOf(contract.params, "path"),
      ...parametersOf(contract.query, "query"),
      ...(isOpen ? [] : [{ $ref: "#/components/parameters/tenant" } as never]),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: body, example: exampleOf(body) },
              ...(contract.acceptsForm && { "application/x-www-form-urlencoded": { schema: body } }),
            },
          },
        }
      : {}),
    responses: {
      [contract.status ?? 200]: {
        description: contract.summary,
        content: {
          "application/json": { schema: referTo(reply, named.names) as Schema, example: exampleOf(reply) },
        },
      },
      default: FAILED,
    },
  };
}

function parametersOf(
  schema: z.ZodType | undefined,
  place: "path" | "query",
): NonNullable<Operation["parameters"]> {
  if (!schema) return [];
  const json = jsonSchema(schema, "input");
  const types = jsonSchema(schema, "output").properties ?? {};
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    // A coerced number takes anything on the way in; its output says what is meant.
    const meant = Object.keys(property).some((key) => key === "type" || key === "enum")
      ? property
      : types[name];
    const isRequired =
      place === "path" || (json.required?.includes(name) === true && property.default === undefined);
    return { name, in: place, required: isRequired, schema: { ...meant, ...property } };
  });
}

/** GET /api/v1/conversations/:id/messages -> getConversationsIdMessages */
export function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\/v1/, "")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
