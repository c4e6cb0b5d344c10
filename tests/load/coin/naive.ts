import pg from "pg";
import { type Driven, percentiles } from "./drive.ts";
import type { LedgerServer } from "./ledger-server.ts";

/** The ledger that everybody writes first: two rows locked in order, an insert with the id as key, two updates, six round trips. */

const ACCOUNTS = 10_000;
const CLIENTS = 16;

export async function runNaive({ server, asOwner }: LedgerServer, count: number): Promise<Driven> {
  await asOwner(`create schema if not exists naive;
    create table if not exists naive.account (id int primary key, balance bigint not null check (balance >= 0)) with (fillfactor = 50);
    create table if not exists naive.transfer (id uuid primary key, debit int not null, credit int not null, amount bigint not null check (amount > 0));
    insert into naive.account select n, 1000000000 from generate_series(1, ${ACCOUNTS}) n on conflict do nothing`);
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new pg.Client(server.connection());
      await client.connect();
      return client;
    }),
  );
  const waits: number[] = [];
  let next = 0;
  const begun = performance.now();
  try {
    await Promise.all(
      clients.map(async (client) => {
        for (let n = next++; n < count; n = next++) {
          const at = performance.now();
          await transfer(client, 1 + ((n * 7_919) % ACCOUNTS), 1 + ((n * 104_729 + 7) % ACCOUNTS));
          waits.push(performance.now() - at);
        }
      }),
    );
    return { perSecond: count / ((performance.now() - begun) / 1_000), ...percentiles(waits) };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function transfer(client: pg.Client, from: number, other: number): Promise<void> {
  const to = from === other ? (other % ACCOUNTS) + 1 : other;
  await client.query("begin");
  await client.query({
    name: "lock",
    text: "select id, balance from naive.account where id in ($1, $2) order by id for update",
    values: [from, to],
  });
  await client.query({
    name: "insert",
    text: "insert into naive.transfer values ($1, $2, $3, 1) on conflict do nothing",
    values: [crypto.randomUUID(), from, to],
  });
  await client.query({
    name: "debit",
    text: "update naive.account set balance = balance - 1 where id = $1",
    values: [from],
  });
  await client.query({
    name: "credit",
    text: "update naive.account set balance = balance + 1 where id = $1",
    values: [to],
  });
  await client.query("commit");
}
