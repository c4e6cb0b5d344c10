import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processTree } from "../machine/processes.ts";

/** A bare Debian 12 in a folder: made once by debootstrap, copied for each run, entered by chroot. */

const ROOT = join(import.meta.dirname, "../../..");
const FOLDER = join(ROOT, "build", "golive");
const BASE = join(FOLDER, "debian12");
const MIRROR = "http://deb.debian.org/debian";
const COMMAND_MS = 600_000;

export interface Machine {
  folder: string;
  /** Runs a shell script inside. @throws Error with the end of what it said */
  run(script: string, environment?: Readonly<Record<string, string>>): string;
  /** Starts something that stays. */
  start(script: string): { pid: number; said(): string };
  close(): void;
}

/** Why there can be none here; null: there can. */
export function whyNoMachine(): string | null {
  if (process.getuid?.() !== 0) return "a chroot is made by root only";
  if (!existsSync(BASE) && spawnSync("debootstrap", ["--version"]).status !== 0)
    return "debootstrap is not installed (apt-get install debootstrap)";
  return null;
}

function must(file: string, args: readonly string[]): void {
  const done = spawnSync(file, args, { encoding: "utf8", timeout: COMMAND_MS });
  if (done.status !== 0) throw new Error(`${file}: ${`${done.stdout}${done.stderr}`.trim().slice(-2_000)}`);
}

/** The image is cached; a half-made one is not kept. */
function makeBase(say: (sentence: string) => void): void {
  if (existsSync(BASE)) return;
  say("debootstrap makes a Debian 12 (cached in build/golive)");
  mkdirSync(FOLDER, { recursive: true });
  const next = `${BASE}.next`;
  rmSync(next, { recursive: true, force: true });
  must("debootstrap", ["--variant=minbase", "bookworm", next, MIRROR]);
  must("mv", [next, BASE]);
}

/** @param ports of this run; two runs may stand side by side */
export function openMachine(say: (sentence: string) => void): Machine {
  makeBase(say);
  const folder = join(FOLDER, `machine-${process.pid}`);
  must("cp", ["-a", BASE, folder]);
  // How this machine reaches the world: name service, the packages' settings, trust.
  for (const path of [
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/apt/apt.conf.d/99artifact-registry",
    "/etc/ssl/certs",
  ])
    if (existsSync(path))
      cpSync(path, join(folder, path), { recursive: true, dereference: true, force: true });
  // Nothing may be started by a package that is installed.
  writeFileSync(join(folder, "usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  // /dev is the image's own: what is mounted there could be removed with the folder.
  const proc = join(folder, "proc");
  must("mount", ["-t", "proc", "proc", proc]);
  const children: number[] = [];
  const inside = (script: string) => ["chroot", folder, "/bin/sh", "-ec", script] as const;
  const environment = (more: Readonly<Record<string, string>> = {}) => ({
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    HOME: "/root",
    LANG: "C.UTF-8",
    DEBIAN_FRONTEND: "noninteractive",
    ...registryOfHost(),
    ...more,
  });
  return {
    folder,
    run(script, more) {
      const [file, ...args] = inside(script);
      const options = { encoding: "utf8", timeout: COMMAND_MS, env: environment(more) } as const;
      const done = spawnSync(file, args, options);
      if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`.trim().slice(-3_000));
      return done.stdout;
    },
    start(script) {
      const [file, ...args] = inside(script);
      const child = spawn(file, args, { env: environment(), stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (part) => {
          said = `${said}${part}`.slice(-20_000);
        });
      children.push(child.pid ?? 0);
      return { pid: child.pid ?? 0, said: () => said };
    },
    close() {
      for (const child of children) for (const pid of [child, ...processTree(child)]) end(pid);
      spawnSync("umount", ["--lazy", proc]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It had ended.
  }
}

/** The registry that npm uses here, without anything secret. */
function registryOfHost(): Record<string, string> {
  const { stdout } = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8" });
  const registry = stdout.trim();
  return registry && !registry.includes("@") ? { npm_config_registry: registry } : {};
}
