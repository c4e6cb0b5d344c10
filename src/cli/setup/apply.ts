import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PROGRAM, run } from "./machine.ts";
import type { Action } from "./plan.ts";
import { SERVICE_USER } from "./unit.ts";

/** Of what a program said before it failed. */
const SAID_LINES = 12;
const NEW_USER = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];

/** Does one step; every step may be repeated. @throws Error with what the system said */
export function applyAction(action: Action): void {
  const work: Readonly<Record<Action["do"], () => void>> = {
    user: () => must("useradd", [...NEW_USER, SERVICE_USER]),
    folder: () => action.do === "folder" && makeFolder(action.path),
    file: () => action.do === "file" && replaceFile(action.path, action.text, action.mode),
    pages: () => must(process.execPath, [join(PROGRAM, "tools", "build.mjs")]),
    service: () => {
      for (const args of [["daemon-reload"], ["enable", SERVICE_USER], ["restart", SERVICE_USER]])
        must("systemctl", args);
    },
  };
  work[action.do]();
}

function must(file: string, args: readonly string[]): void {
  const done = spawnSync(file, args, { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  if (done.status === 0) return;
  const lines = done.stderr?.trim().split("\n").slice(-SAID_LINES).join("\n");
  const said = done.error?.message ?? (lines || `exit code ${done.status}`);
  throw new Error(`${file}: ${said}`);
}

/** The service's user, who owns the data. @throws Error when there is none */
export function serviceIds(): { uid: number; gid: number } {
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(run("id", [flag, SERVICE_USER]).text || Number.NaN));
  if (!(uid && gid)) throw new Error(`There is no user ${SERVICE_USER}.`);
  return { uid, gid };
}

function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o750 });
  const { uid, gid } = serviceIds();
  chownSync(path, uid, gid);
  chmodSync(path, 0o750);
}

/** Whoever is interrupted leaves the old file or the new one, never half of one. */
export function replaceFile(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const next = `${path}.next`;
  writeFileSync(next, text, { mode });
  chmodSync(next, mode);
  renameSync(next, path);
}
