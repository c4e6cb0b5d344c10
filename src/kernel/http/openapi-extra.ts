import type { Operation, Schema } from "./openapi.ts";

/** What speaks no JSON, or belongs to sign-in and operation: described here, so that the document is whole. */

const text: Schema = { type: "string" };
const bytes: Schema = { type: "string", format: "binary" };
const signedIn: Operation["security"] = [{ apiKey: [] }, { session: [] }];

interface Plain {
  id: string;
  tag: string;
  summary: string;
  access?: "staff" | "manager";
  path?: readonly string[];
  query?: readonly string[];
  headers?: readonly string[];
  body?: Record<string, { schema: Schema; example?: unknown }>;
  reply: Record<string, { schema: Schema }>;
  status?: number;
}

function operation(plain: Plain): Operation {
  const parameter = (place: "path" | "query" | "header") => (name: string) => ({
    name,
    in: place,
    required: place === "path",
    schema: text,
  });
  return {
    operationId: plain.id,
    tags: [plain.tag],
    summary: plain.summary,
    security: plain.access ? signedIn : [],
    "x-access": plain.access ?? "public",
    parameters: [
      ...(plain.path ?? []).map(parameter("path")),
      ...(plain.query ?? []).map(parameter("query")),
      ...(plain.headers ?? []).map(parameter("header")),
    ],
    ...(plain.body ? { requestBody: { required: true, content: plain.body } } : {}),
    responses: { [plain.status ?? 200]: { description: plain.summary, content: plain.reply } },
  };
}

const stored: Schema = {
  type: "object",
  properties: { fileId: text, mime: text, size: { type: "integer", description: "bytes" } },
  required: ["fileId", "mime", "size"],
};
const credentials: Schema = {
  type: "object",
  properties: { email: text, password: text },
  required: ["email", "password"],
};
const anything: Schema = { type: "object" };
const stream = { "text/event-stream": { schema: text } };

export const extraPaths: Readonly<Record<string, Record<string, Operation>>> = {
  "/api/v1/events": {
    get: operation({
      id: "getEvents",
      tag: "Live",
      access: "staff",
      summary:
        "What happens, as Server-Sent Events: `id` is the event's number, `data` a LiveEvent; resume with Last-Event-ID",
      query: ["tenant"],
      headers: ["Last-Event-ID"],
      reply: stream,
    }),
  },
  "/api/v1/files": {
    post: operation({
      id: "postFiles",
      tag: "Files",
      access: "staff",
      summary: "Store a file for a message: the raw bytes with their Content-Type",
      query: ["name"],
      body: { "application/octet-stream": { schema: bytes } },
      reply: { "application/json": { schema: stored } },
      status: 201,
    }),
  },
  "/api/v1/files/{id}": {
    get: operation({
      id: "getFilesId",
      tag: "Files",
      access: "staff",
      summary: "A stored file; Range works",
      path: ["id"],
      reply: { "application/octet-stream": { schema: bytes } },
    }),
  },
  "/web/{key}/files": {
    post: operation({
      id: "postWebKeyFiles",
      tag: "Visitor",
      summary: "The visitor sends a file: the raw bytes with their Content-Type",
      path: ["key"],
      query: ["name"],
      headers: ["Authorization"],
      body: { "application/octet-stream": { schema: bytes } },
      reply: { "application/json": { schema: stored } },
      status: 201,
    }),
  },
  "/web/{key}/stream": {
    get: operation({
      id: "getWebKeyStream",
      tag: "Visitor",
      summary: "The visitor's conversation as Server-Sent Events; resume with Last-Event-ID",
      path: ["key"],
      headers: ["Authorization", "Last-Event-ID"],
      reply: stream,
    }),
  },
  "/api/auth/sign-in/email": {
    post: operation({
      id: "postSignIn",
      tag: "Session",
      summary: "Start a session: the answer sets its cookie",
      body: {
        "application/json": { schema: credentials, example: { email: "anna@example.com", password: "…" } },
      },
      reply: { "application/json": { schema: anything } },
    }),
  },
  "/api/auth/sign-out": {
    post: operation({
      id: "postSignOut",
      tag: "Session",
      summary: "End the session",
      reply: { "application/json": { schema: anything } },
    }),
  },
  "/hooks/{app}": {
    post: operation({
      id: "postHooksApp",
      tag: "Operation",
      summary:
        "Where a provider delivers webhooks, signed as the provider signs; answered after they are stored",
      path: ["app"],
      body: { "application/json": { schema: anything, example: {} } },
      reply: { "text/plain": { schema: text } },
    }),
  },
  "/health": {
    get: operation({
      id: "getHealth",
      tag: "Operation",
      summary: "How the node is; 503 when its database is away",
      reply: { "application/json": { schema: anything } },
    }),
  },
  "/metrics": {
    get: operation({
      id: "getMetrics",
      tag: "Operation",
      access: "manager",
      summary: "Figures for Prometheus; open to this machine",
      reply: { "text/plain": { schema: text } },
    }),
  },
};
