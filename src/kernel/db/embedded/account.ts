import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { EmbeddedPostgresError, systemCode } from "./error.ts";

/** The system user under which PostgreSQL runs. `own` means that it is the user of this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly own: boolean;
}

/** A command as it must be spawned to run under an account. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Turns a program and its arguments into the command that runs it under the account. */
export type Launcher = (file: string, args: readonly string[]) => Command;

const SYSTEM_USER = "postgres";

/**
 * The account that may run the cluster. PostgreSQL refuses to run as root, so root takes the owner of existing
 * data, else the system user `postgres`, which is created when missing.
 * @param clusterDir existing or future data folder
 * @throws EmbeddedPostgresError `account`, `owner`
 */
export function chooseAccount(clusterDir: string): Account {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const owner = ownerOf(clusterDir);
  if (uid !== 0) {
    if (owner && owner.uid !== uid) {
      throw new EmbeddedPostgresError(
        "owner",
        `The data in ${clusterDir} belong to user ${owner.uid}, this is user ${uid}: start Augenhöhe as that user, or choose another folder with --data.`,
      );
    }
    return { uid, gid, own: true };
  }
  if (owner && owner.uid !== 0) return { ...owner, own: false };
  return { ...systemUser(), own: false };
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  try {
    const { uid, gid } = statSync(folder);
    return { uid, gid };
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function systemUser(): { uid: number; gid: number } {
  const found = lookUp();
  if (found) return found;
  spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/bin/false",
    SYSTEM_USER,
  ]);
  // busybox (Alpine) has no useradd.
  if (!lookUp()) spawnSync("adduser", ["-S", "-D", "-H", SYSTEM_USER]);
  const created = lookUp();
  if (created) return created;
  throw new EmbeddedPostgresError(
    "account",
    "PostgreSQL does not run as root and the system user postgres could not be created: create it (useradd --system postgres), or start Augenhöhe as an ordinary user.",
  );
}

function lookUp(): { uid: number; gid: number } | undefined {
  const uid = idNumber("-u");
  const gid = idNumber("-g");
  return uid && gid ? { uid, gid } : undefined;
}

function idNumber(flag: "-u" | "-g"): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, SYSTEM_USER], { encoding: "utf8" });
  const value = Number.parseInt(stdout, 10);
  return status === 0 && value > 0 ? value : undefined;
}

/**
 * Chooses how to run programs under the account so that they can read `programs` and write in `folders`.
 * Where a folder above is closed to the account (root's own folders are), the program gets one capability, to walk
 * through; it never owns more than the cluster.
 * @throws EmbeddedPostgresError `unreachable`
 */
export function chooseLauncher(
  account: Account,
  programs: readonly string[],
  folders: readonly string[],
): Launcher {
  const plain: Launcher = (file, args) => ({ file, args, uid: account.uid, gid: account.gid });
  if (account.own) return (file, args) => ({ file, args });
  if (canWork(plain, programs, folders)) return plain;
  for (const capability of heldCapabilities()) {
    const raised = withCapability(account, capability);
    if (canWork(raised, programs, folders)) return raised;
  }
  throw new EmbeddedPostgresError(
    "unreachable",
    `PostgreSQL runs as user ${account.uid}, which may not enter ${folders.join(" and ")} or the packages: open the folders above (chmod o+x), or choose another place for the project and for --data.`,
  );
}

/** Asks the kernel by really trying: modes, access lists and mount options all count. */
function canWork(launcher: Launcher, programs: readonly string[], folders: readonly string[]): boolean {
  const script =
    'n=$1; shift; while [ "$n" -gt 0 ]; do [ -x "$1" ] && [ -r "$1" ] || exit 1; shift; n=$((n-1)); done; ' +
    'for d do [ -x "$d" ] && [ -w "$d" ] || exit 1; done';
  const args = ["-c", script, "sh", String(programs.length), ...programs, ...folders];
  const { file, args: all, uid, gid } = launcher("/bin/sh", args);
  return spawnSync(file, all, { uid, gid, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Weakest first; containers often hold only the second. Numbers from linux/capability.h. */
const WALKING_CAPABILITIES = [
  { name: "dac_read_search", bit: 2n },
  { name: "dac_override", bit: 1n },
] as const;

function heldCapabilities(): string[] {
  if (process.platform !== "linux") return [];
  const held = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const bits = BigInt(`0x${held}`);
  return WALKING_CAPABILITIES.filter(({ bit }) => (bits >> bit) & 1n).map(({ name }) => name);
}

function withCapability(account: Account, capability: string): Launcher {
  return (file, args) => ({
    file: "setpriv",
    args: [
      `--reuid=${account.uid}`,
      `--regid=${account.gid}`,
      "--clear-groups",
      // initdb and postgres ask access(2) about their own program, and access(2) forgets a plain user's capabilities
      // unless this bit is set.
      "--securebits=+no_setuid_fixup",
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
      file,
      ...args,
    ],
  });
}
