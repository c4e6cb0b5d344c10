// npm run lock: adds the packages of other platforms to package-lock.json that the registry in use could not show.
// A mirror that carries only some platforms makes npm write a lock without the rest; `npm ci` then refuses it
// everywhere, and other platforms would not get their binaries. With --check it only says what is missing.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, tell } from "./ensure.mjs";

const FILE = join(ROOT, "package-lock.json");
const PLATFORM =
  /-(?:(android|darwin|freebsd|linux|openharmony|win32)-)?(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|wasm32|x64)(?:-(\w+))?$/;

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const missing = missingPlatforms(lock.packages);
for (const { name, version } of missing) tell(`${name} ${version} is missing in package-lock.json`);
if (process.argv.includes("--check")) {
  process.exitCode = missing.length > 0 ? 1 : 0;
} else if (missing.length > 0) {
  for (const one of missing) lock.packages[`node_modules/${one.name}`] = entry(one);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  tell(`${missing.length} packages added.`);
}

/** Optional dependencies with an exact version that no entry provides. */
function missingPlatforms(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(
        ([name, version]) => /^\d/.test(version) && PLATFORM.test(name) && !isProvided(packages, path, name),
      )
      .map(([name, version]) => ({ name, version, dev })),
  );
}

/** Looks where Node would: beside the package, then in every folder above. */
function isProvided(packages, from, name) {
  for (let path = from; ; path = path.slice(0, Math.max(0, path.lastIndexOf("node_modules/") - 1))) {
    if (packages[`${path ? `${path}/` : ""}node_modules/${name}`]) return true;
    if (path === "") return false;
  }
}

/** What npm needs to know to leave a package out where it does not fit; it checks the rest when it fetches. */
function entry({ name, version, dev }) {
  const [, os, cpu, abi] = PLATFORM.exec(name);
  const libc = abi?.startsWith("musl") ? "musl" : abi?.startsWith("gnu") ? "glibc" : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev: true } : {}),
    ...(os === "linux" && libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}
