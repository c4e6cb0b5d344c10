import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { newKeyPem } from "./jws.ts";

/**
 * The certificate's place in the data folder. Key and chain stand in one file that is replaced by one rename, so
 * that they always belong together; only the node's user may read it.
 */

const FOLDER = "tls";
/** A third of the time is left for tries: 30 of 90 days, 2 of 6. */
const RENEW_AT = 1 / 3;

export interface Certificate {
  /** Private key and chain. */
  pem: string;
  from: number;
  /** ms since the epoch */
  until: number;
  names: readonly string[];
}

/** Why the last order failed, and how often in a row: a restart does not ask again at once. */
const troubleSchema = z.object({ at: z.number(), tries: z.number().int().min(1), text: z.string() });
export type Trouble = z.output<typeof troubleSchema>;

export interface TlsFolder {
  certificate(domain: string): Certificate | null;
  /** @throws Error when it is not for this domain, its key does not belong to it, or the disk does not take it */
  store(domain: string, pem: string): Certificate;
  trouble(domain: string): Trouble | null;
  /** @param trouble null = over */
  noteTrouble(domain: string, trouble: Trouble | null): void;
  /** The account's key at the authority, made when missing. */
  accountPem(directory: string): string;
}

/** @throws Error when it holds no certificate */
export function readCertificate(pem: string): Certificate {
  const leaf = new X509Certificate(pem);
  const names = [...(leaf.subjectAltName ?? "").matchAll(/DNS:([^,\s]+)/g)].map(([, name = ""]) => name);
  return { pem, from: Date.parse(leaf.validFrom), until: Date.parse(leaf.validTo), names };
}

/** @throws Error when it is not for this domain, or its key does not belong to it */
export function checkCertificate(domain: string, pem: string): Certificate {
  const found = readCertificate(pem);
  const leaf = new X509Certificate(pem);
  if (!leaf.checkPrivateKey(createPrivateKey(pem)))
    throw new Error("The key does not belong to the certificate.");
  if (!leaf.checkHost(domain))
    throw new Error(`The certificate is for ${found.names.join(", ") || "no name"}, not for ${domain}.`);
  return found;
}

/** @param now ms since the epoch */
export function isDue({ from, until }: Pick<Certificate, "from" | "until">, now: number): boolean {
  return now >= until - (until - from) * RENEW_AT;
}

export function tlsFolder(dataDir: string): TlsFolder {
  const folder = join(dataDir, FOLDER);
  const place = (name: string) => join(folder, name);
  const write = (name: string, text: string) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const next = place(`${name}.next`);
    writeFileSync(next, text, { mode: 0o600 });
    chmodSync(next, 0o600); // a file that stood there kept its mode
    renameSync(next, place(name));
  };
  return {
    certificate(domain) {
      try {
        return readCertificate(readFileSync(place(`${domain}.pem`), "utf8"));
      } catch {
        return null;
      }
    },
    store(domain, pem) {
      const found = checkCertificate(domain, pem);
      write(`${domain}.pem`, pem);
      return found;
    },
    trouble(domain) {
      try {
        return troubleSchema.parse(JSON.parse(readFileSync(place(`${domain}.trouble.json`), "utf8")));
      } catch {
        return null;
      }
    },
    noteTrouble(domain, trouble) {
      if (trouble) write(`${domain}.trouble.json`, JSON.stringify(trouble));
      else rmSync(place(`${domain}.trouble.json`), { force: true });
    },
    accountPem(directory) {
      const name = `account-${new URL(directory).hostname}.pem`;
      try {
        return readFileSync(place(name), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        const pem = newKeyPem();
        write(name, pem);
        return pem;
      }
    },
  };
}
