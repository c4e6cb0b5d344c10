import { createHmac, timingSafeEqual } from "node:crypto";
import type { FilePlace } from "../files/file-store.ts";
import type { Kernel } from "../kernel.ts";
import { nodeSecret } from "../node-secret.ts";

/**
 * Addresses under which a visitor's browser loads a file. An <img> and a link can carry no header, and the visitor's
 * key may stand in no address; so the address carries a signature over this one file that ends within a day.
 */
export interface FileLinks {
  /** Path and query below the node's origin. */
  path(key: string, file: FilePlace): string;
  isValid(token: unknown, file: FilePlace): boolean;
}

/** A link lives 12 to 24 hours; within half a day the address stays the same, so that the browser's cache helps. */
const STEP_MS = 43_200_000;
const MAC_BYTES = 16;

export async function openFileLinks(kernel: Pick<Kernel, "db" | "clock">): Promise<FileLinks> {
  const secret = await nodeSecret(kernel, "file-links");
  const mac = (file: FilePlace, step: number) =>
    createHmac("sha256", secret)
      .update(`file ${file.tenantId} ${file.id} ${step}`)
      .digest()
      .subarray(0, MAC_BYTES);
  const current = () => Math.floor(kernel.clock.now() / STEP_MS);
  return {
    path(key, file) {
      const step = current() + 1;
      const token = `${step.toString(36)}.${mac(file, step).toString("base64url")}`;
      return `/web/${encodeURIComponent(key)}/files/${file.id}?t=${token}`;
    },
    isValid(token, file) {
      const [time = "", given = ""] = typeof token === "string" ? token.split(".") : [];
      const step = Number.parseInt(time, 36);
      const bytes = Buffer.from(given, "base64url");
      if (!Number.isInteger(step) || step < current() || step > current() + 1 || bytes.length !== MAC_BYTES)
        return false;
      return timingSafeEqual(bytes, mac(file, step));
    },
  };
}
