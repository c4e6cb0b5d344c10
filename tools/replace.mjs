import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Hands this process over to another program: replaces it where the system and this Node can, else runs it as a
 * child with the same streams, passes signals on and ends with its exit code.
 * @param {string} file
 * @param {string[]} args
 */
export function replaceProcess(file, args) {
  if (process.execve && process.platform !== "win32") {
    process.removeAllListeners("warning");
    process.execve(file, [file, ...args], process.env);
  }
  const child = spawn(file, args, { stdio: "inherit" });
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(name, () => child.kill(name));
  child.once("error", (error) => {
    process.stderr.write(`${file} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
