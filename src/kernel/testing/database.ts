import pg from "pg";
import { type DatabaseAddress, embeddedAddress } from "../db/open.ts";

/** Tests run on one real PostgreSQL (started by tests/setup.ts); each world gets a clone of the migrated template. */
export interface TestServer {
  host: string;
  port: number;
}

export const TEMPLATE = "ah_template";

export function testServer(): TestServer {
  const text = process.env.AH_TEST_SERVER;
  if (!text) throw new Error("No test database: run the tests through vitest, tests/setup.ts starts it");
  return JSON.parse(text) as TestServer;
}

let count = 0;

/** A fresh database with all migrations applied. */
export async function cloneDatabase(): Promise<{ address: DatabaseAddress; drop(): Promise<void> }> {
  const server = testServer();
  const name = `ah_test_${process.pid}_${++count}`;
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client({ ...server, user: "augenhoehe", database: "postgres" });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name} template ${TEMPLATE}`);
  return {
    address: embeddedAddress({ ...server, database: name }),
    drop: () => admin(`drop database if exists ${name} with (force)`),
  };
}
