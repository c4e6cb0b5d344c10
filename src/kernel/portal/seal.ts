import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Message } from "../api/conversations.ts";
import type { Kernel } from "../kernel.ts";
import { nodeSecret } from "../node-secret.ts";

/**
 * The chat on a web page reads its messages from the database, where the desk reads them too; but nobody except the
 * customer may hold the secret of the customer's page. So the stored message carries it sealed, and only the view
 * for this one visitor opens it. In messengers the secret stands in the outbox until it is sent, and nowhere else.
 */
export interface Seal {
  /** @param askedBy the message that asked for it: only in the answer to it can it be opened again */
  close(secret: string, askedBy: string): string;
  /** The message's link, with the secret in its fragment where it carries one. */
  linkOf(message: Pick<Message, "replyTo" | "link" | "detail">): string | null;
}

/** Where a message's detail carries it. */
export const SEALED = "sealedLink";
const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export async function openSeal(kernel: Pick<Kernel, "db">): Promise<Seal> {
  const key = createHash("sha256")
    .update(await nodeSecret(kernel, "portal-links"))
    .digest();
  return {
    close(secret, askedBy) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(askedBy));
      const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    linkOf({ replyTo, link, detail }) {
      const sealed = detail?.[SEALED];
      if (link === null || typeof sealed !== "string") return link;
      const secret = opened(key, Buffer.from(sealed, "base64url"), replyTo ?? "");
      return secret === null ? link : `${link}#${secret}`;
    },
  };
}

/** @returns null for what another node, or another message, sealed */
function opened(key: Buffer, bytes: Buffer, askedBy: string): string | null {
  try {
    const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(askedBy))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + cipher.final("utf8");
  } catch {
    return null;
  }
}
