import { spawn } from "node:child_process";

/**
 * Ends a server when this process ends, however it ends: a small shell waits on a pipe that only this process holds
 * open. For tests and tools; a node leaves its server to the next one, which adopts it.
 * @returns calls the watchdog off
 */
export function endWithThisProcess(serverPid: number): () => void {
  const watchdog = spawn("/bin/sh", ["-c", 'read -r _; kill -QUIT "$1"', "sh", String(serverPid)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.unref();
  // The handle of a pipe keeps the event loop alive as the child's would.
  if ("unref" in watchdog.stdin && typeof watchdog.stdin.unref === "function") watchdog.stdin.unref();
  return () => watchdog.kill("SIGKILL");
}
