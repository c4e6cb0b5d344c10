import { createHash } from "node:crypto";
import { type Ask, json, type Reply } from "./http.ts";

/** The simulator's shelf of files: uploads of the business, and what customers send. */

const KEPT_MAX_BYTES = 256 * 1024 * 1024;

interface StoredFile {
  bytes: Buffer;
  mime: string;
  sha256: string;
}

export class MediaShelf {
  readonly #files = new Map<string, StoredFile>();
  #bytes = 0;
  #next = 4_000_000_000_000_000;

  has(id: string): boolean {
    return this.#files.has(id);
  }

  /** @returns the new file's id. The oldest files make room. */
  add(bytes: Buffer, mime: string): string {
    this.#next += 1;
    const id = String(this.#next);
    this.#files.set(id, { bytes, mime, sha256: createHash("sha256").update(bytes).digest("hex") });
    this.#bytes += bytes.length;
    for (const [oldest, file] of this.#files) {
      if (this.#bytes <= KEPT_MAX_BYTES || oldest === id) break;
      this.#files.delete(oldest);
      this.#bytes -= file.bytes.length;
    }
    return id;
  }

  /** GET /{media-id} */
  about(id: string, baseUrl: string): Reply | null {
    const file = this.#files.get(id);
    if (!file) return null;
    return json({
      messaging_product: "whatsapp",
      url: `${baseUrl}/attachments/${id}`,
      mime_type: file.mime,
      sha256: file.sha256,
      file_size: String(file.bytes.length),
      id,
    });
  }

  /** What a webhook says of the file: its hash as base64. */
  webhookFields(id: string): Record<string, string> {
    const file = this.#files.get(id);
    return file
      ? { id, mime_type: file.mime, sha256: Buffer.from(file.sha256, "hex").toString("base64") }
      : { id };
  }

  /** GET of the address that `about` gave. */
  download(id: string): Reply | null {
    const file = this.#files.get(id);
    return file ? { status: 200, type: file.mime, body: file.bytes } : null;
  }
}

/** @returns the fields of a multipart body by name; null when it is none. Parsed by Node's own reader. */
export async function formOf(ask: Ask): Promise<FormData | null> {
  const type = ask.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return null;
  try {
    return await new Response(new Uint8Array(ask.body), { headers: { "content-type": type } }).formData();
  } catch {
    return null;
  }
}
