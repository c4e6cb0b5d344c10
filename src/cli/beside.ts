import { resolve } from "node:path";
import { type Config, type Kernel, migrate, readConfig } from "#kernel";
import { isClusterMade } from "../kernel/db/embedded/cluster.ts";
import { openNode } from "../main.ts";
import { migrationSets } from "../migrations.ts";
import { joinDatabase } from "./database.ts";

/** A command beside a node: works with the running node's database, or with one that it starts and stops itself. */
export interface Beside {
  dataDir: string | undefined;
  /** A command that only reads must not make an installation where there is none. */
  mayMake: boolean;
}

/** @throws Error in one sentence when there is no database to read */
export async function besideNode<T>(where: Beside, work: (kernel: Kernel) => Promise<T>): Promise<T> {
  const config = readConfig({ dataDir: where.dataDir });
  if (!(where.mayMake || hasDatabase(config)))
    throw new Error(
      `There is no database in ${resolve(config.dataDir)}: name the folder of the node with --data.`,
    );
  const database = await joinDatabase(config);
  try {
    await migrate(database.address, migrationSets, Date.now());
    const node = await openNode(config, database.address);
    try {
      return await work(node.kernel);
    } finally {
      await node.close();
    }
  } finally {
    await database.stop();
  }
}

/** Is there something to join: a server elsewhere, or a cluster in the data folder? */
export function hasDatabase(config: Config): boolean {
  return Boolean(config.databaseUrl) || isClusterMade(resolve(config.dataDir));
}
