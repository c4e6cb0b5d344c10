import { type Config, embeddedAddress, metrics, urlAddress } from "#kernel";
import { openNode, startWork } from "../main.ts";

/** The worker as a process of its own: started by `augenhoehe start` with its settings over IPC, ends with its parent. */
export interface WorkerOrder {
  config: Config;
  database: { url: string } | { host: string; port: number; database: string };
}

process.once("message", async (order: WorkerOrder) => {
  const address = "url" in order.database ? urlAddress(order.database.url) : embeddedAddress(order.database);
  const node = await openNode(order.config, address);
  const worker = startWork(node.kernel);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), 6_000).unref();
    await worker.stop();
    await node.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void end());
  process.on("SIGINT", () => void end());
  // The parent was killed: a second node may start in this folder at once, so we leave at once.
  process.on("disconnect", () => process.exit(1));
  // Asked for its figures by the process that shows them.
  process.on("message", async () => process.send?.({ figures: await metrics.getMetricsAsJSON() }));
  process.send?.({ ready: true });
});
