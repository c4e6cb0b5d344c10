import { fork } from "node:child_process";

/** Hands an order to a module that runs in a process of its own, and waits for its one answer. */
export async function inProcess<Answer>(module: URL, order: object): Promise<Answer> {
  const child = fork(module, [], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("message", (answer) => resolve(answer as Answer));
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The measured process ended without an answer (${code}).`)),
    );
    child.send(order);
  });
}
