import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../src/kernel/db/embedded.ts";
import { migrate } from "../src/kernel/db/migrate.ts";
import { embeddedAddress } from "../src/kernel/db/open.ts";
import { TEMPLATE } from "../src/kernel/testing/database.ts";
import { migrationSets } from "../src/migrations.ts";
import { offerSharedNode } from "./shared-node.ts";

/** One real PostgreSQL for the whole run, with every migration applied to the template that worlds are cloned from. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "ah-tests-"));
  const server = await startEmbedded({
    dataDir,
    settings: { shared_buffers: "64MB", fsync: "off", synchronous_commit: "off", max_connections: "200" },
  });
  const { host, port } = server.connection();
  const client = new pg.Client({ host, port, user: "augenhoehe", database: "postgres" });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(embeddedAddress({ host, port, database: TEMPLATE }), migrationSets, Date.now());
  process.env.AH_TEST_SERVER = JSON.stringify({ host, port });
  const endSharedNode = await offerSharedNode();
  return async () => {
    await endSharedNode();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
