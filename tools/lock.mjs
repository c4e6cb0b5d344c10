import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WAIT_LIMIT_MS = 15 * 60_000;
const POLL_MS = 200;
/** A lock whose holder did not write its pid within this time was left by a crash. */
const UNSIGNED_LIMIT_MS = 5_000;

/**
 * Runs a body while no other process of this project (and user) runs one of the same name. The lock stands in the
 * temporary folder, so a project that cannot be written can be started.
 * @param {string} name
 * @param {() => T} body
 * @returns {T}
 * @template T
 */
export function withLock(name, body) {
  const project = createHash("sha256")
    .update(fileURLToPath(import.meta.url))
    .digest("hex")
    .slice(0, 12);
  const folder = join(tmpdir(), `augenhoehe-${process.getuid?.() ?? 0}-${project}-${name}.lock`);
  const deadline = Date.now() + WAIT_LIMIT_MS;
  while (!take(folder)) {
    if (isStale(folder) || Date.now() > deadline) clear(folder, deadline);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  try {
    return body();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder) {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(folder, "pid"), String(process.pid));
  return true;
}

/** One at a time, and looked at anew: who takes longer must not remove the lock that somebody else has taken meanwhile. */
function clear(folder, deadline) {
  const broom = `${folder}.broom`;
  try {
    mkdirSync(broom, { mode: 0o700 });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    // Held for a moment only; an old one was left by a crash.
    if (isStale(broom)) rmSync(broom, { recursive: true, force: true });
    return;
  }
  try {
    if (isStale(folder) || Date.now() > deadline) rmSync(folder, { recursive: true, force: true });
  } finally {
    rmSync(broom, { recursive: true, force: true });
  }
}

function isStale(folder) {
  try {
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    if (pid > 0) return !isAlive(pid);
  } catch {
    // Not signed yet, or gone.
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > UNSIGNED_LIMIT_MS;
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
