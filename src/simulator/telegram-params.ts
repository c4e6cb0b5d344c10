import type { Ask } from "./http.ts";

/** The four ways in which the Bot API takes parameters: JSON, multipart, urlencoded form, query. */

export interface UploadedFile {
  bytes: Buffer;
  mime: string;
  name: string;
}

export interface Params {
  values: Readonly<Record<string, unknown>>;
  files: ReadonlyMap<string, UploadedFile>;
}

/** @returns null when the body is not what its content-type says. */
export async function paramsOf(ask: Ask): Promise<Params | null> {
  const type = ask.headers["content-type"] ?? "";
  const query = Object.fromEntries(ask.query);
  if (ask.body.length === 0) return { values: query, files: new Map() };
  if (type.startsWith("application/json")) return jsonParams(ask.body, query);
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type)) return null;
  try {
    const form = await new Response(new Uint8Array(ask.body), {
      headers: { "content-type": type },
    }).formData();
    return await formParams(form, query);
  } catch {
    return null;
  }
}

function jsonParams(body: Buffer, query: Record<string, string>): Params | null {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return { values: { ...query, ...value }, files: new Map() };
  } catch {
    return null;
  }
}

async function formParams(form: FormData, query: Record<string, string>): Promise<Params> {
  const values: Record<string, unknown> = { ...query };
  const files = new Map<string, UploadedFile>();
  for (const [name, value] of form) {
    if (typeof value === "string") values[name] = value;
    else
      files.set(name, { bytes: Buffer.from(await value.arrayBuffer()), mime: value.type, name: value.name });
  }
  return { values, files };
}

/** What a log of accepted sends shows: the parameters, with a file's description in the place of its bytes. */
export function loggedBody(params: Params): string {
  const files = [...params.files].map(([field, { name, mime, bytes }]) => [
    field,
    { name, mime, size: bytes.length },
  ]);
  return JSON.stringify({ ...params.values, ...Object.fromEntries(files) });
}
