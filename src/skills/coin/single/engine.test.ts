import { hash } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type LedgerDatabase, type LedgerWorld, ledgerDatabase } from "../../../../tests/coin-world.ts";
import { decodeSigned } from "../engine/decode.ts";
import { stateHash } from "../engine/snapshot.ts";
import type { Engine, Outcome } from "./engine.ts";
import { HistoryChanged, LedgerBusy, Superseded } from "./faults.ts";
import { writeSnapshot } from "./snapshots.ts";
import { openVerifier } from "./verifier.ts";

let database: LedgerDatabase;
let w: LedgerWorld;
beforeAll(async () => {
  database = await ledgerDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  w = await database.ledger();
});
afterEach(() => w.close());

const PATIENCE = { timeout: 20_000, interval: 20 };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const all = (engine: Engine, asked: readonly Uint8Array[]): Promise<Outcome[]> =>
  Promise.all(asked.map((bytes) => engine.submit(bytes)));
const results = (outcomes: readonly Outcome[]) => new Set(outcomes.map(({ result }) => result));

test("what was acknowledged is there after a start, with the same hashes, and is not done again", async () => {
  const engine = await w.engine();
  expect(results(await all(engine, w.town.opening(5, 100)))).toEqual(new Set(["applied"]));
  const payment = w.town.nthPayment(1);
  expect(await engine.submit(payment)).toMatchObject({ result: "applied", isKnown: false });
  await engine.close();

  const again = await w.engine();
  expect(hex(again.state.chainHash)).toBe(hex(engine.state.chainHash));
  expect(hex(stateHash(again.state))).toBe(hex(stateHash(engine.state)));
  expect(await again.submit(payment)).toMatchObject({ result: "applied", isKnown: true });
  const other = decodeSigned(payment).transaction;
  const changed = w.town.signed({ ...other, expiresAt: other.expiresAt + 1 }, [w.town.people[2] as never]);
  expect((await again.submit(changed)).result).toMatch(/bad_signature|id_conflict/);
});

test("signatures are checked in threads, and what is decided keeps the order in which it came", async () => {
  const verifier = openVerifier(2);
  const engine = await w.engine({ verifier });
  const opening = w.town.opening(40, 10);
  // A customer spends at once what comes in just before.
  const [a, b] = w.town.people as [(typeof w.town.people)[0], (typeof w.town.people)[0]];
  const chain = [w.town.pays(a, b, 10_000_000), w.town.pays(b, a, 20_000_000)];
  expect(results(await all(engine, [...opening, ...chain]))).toEqual(new Set(["applied"]));
  const forged = w.town.nthPayment(3).slice();
  forged[forged.length - 1] = (forged[forged.length - 1] as number) ^ 1;
  expect((await engine.submit(forged)).result).toBe("bad_signature");
  expect((await engine.submit(new Uint8Array(50))).result).toBe("malformed");
  expect((await engine.submit(new Uint8Array(5_000))).result).toBe("malformed");
  await verifier.close();
});

test("two engines at once: the older one cannot write any more and says so", async () => {
  const older = await w.engine();
  await all(older, w.town.opening(3, 10));
  const newer = await w.engine();
  await expect(older.submit(w.town.nthPayment(1))).rejects.toBeInstanceOf(Superseded);
  expect((await newer.submit(w.town.nthPayment(2))).result).toBe("applied");
  await expect(older.submit(w.town.nthPayment(4))).rejects.toMatchObject({ code: "coin_superseded" });
  expect(older.phase).toBe("ended");
  expect((await newer.submit(w.town.nthPayment(5))).result).toBe("applied");
});

test.each(["before", "after"] as const)(
  "a commit whose answer is lost %s it was written: read anew, and done exactly once",
  async (moment) => {
    const store = w.store();
    const commit = store.commit.bind(store);
    let breaks = false;
    store.commit = async (epoch, block) => {
      const now = breaks;
      breaks = false;
      if (!now || moment === "after") await commit(epoch, block);
      if (now) throw new Error("the disk is full");
    };
    const engine = await w.engine({ store });
    await all(engine, w.town.opening(4, 10));
    breaks = true;
    const outcomes = await all(
      engine,
      [1, 2, 3, 5].map((n) => w.town.nthPayment(n)),
    );
    expect(results(outcomes)).toEqual(new Set(["applied"]));
    expect(engine.phase).toBe("open");
    const rows = await database.asOwner<{ n: number }>(
      "select count(*)::int as n from coin.transaction where tenant_id = $1",
      [w.tenantId],
    );
    expect(rows[0]?.n).toBe(2 + 8 + 4);
    expect(hex((await w.engine()).state.chainHash)).toBe(hex(engine.state.chainHash));
  },
);

test("PostgreSQL ends the connection in the middle: nothing is lost and nothing is done twice", async () => {
  const engine = await w.engine();
  await all(engine, w.town.opening(4, 10));
  const asked = Array.from({ length: 60 }, (_, n) => w.town.nthPayment(n));
  const going = all(engine, asked);
  await database.asOwner(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ah_coin' and datname = current_database()",
  );
  expect(results(await going)).toEqual(new Set(["applied"]));
  const rows = await database.asOwner<{ n: number; ids: number }>(
    "select count(*)::int as n, count(distinct substring(bytes from 10 for 16))::int as ids from coin.transaction where tenant_id = $1",
    [w.tenantId],
  );
  expect(rows[0]).toEqual({ n: 2 + 8 + 60, ids: 2 + 8 + 60 });
});

test("the disk is full for a while: nothing is acknowledged meanwhile, and all is done once when there is room", async () => {
  const said: string[] = [];
  const engine = await w.engine({ say: (sentence) => void said.push(sentence) });
  await all(engine, w.town.opening(4, 10));
  const before = engine.durableHeight;
  await database.asOwner(`create function public.full() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: no space left on device' using errcode = 'disk_full'; end $$`);
  await database.asOwner(
    "create trigger full_disk before insert on coin.block for each row execute function public.full()",
  );
  let answered = 0;
  const going = Array.from({ length: 12 }, (_, n) => engine.submit(w.town.nthPayment(n)));
  for (const one of going) void one.then(() => answered++);
  await expect.poll(() => said.length, PATIENCE).toBeGreaterThan(2);
  expect([answered, engine.durableHeight]).toEqual([0, before]);
  expect(said[0]).toContain("no space left on device");
  await database.asOwner("drop trigger full_disk on coin.block; drop function public.full()");
  expect(results(await Promise.all(going))).toEqual(new Set(["applied"]));
  expect(hex((await w.engine()).state.chainHash)).toBe(hex(engine.state.chainHash));
});

test("the server goes away in the middle of a commit: read anew, and done once", async () => {
  const engine = await w.engine();
  await all(engine, w.town.opening(4, 10));
  const owner = new pg.Client(database.address.config("owner"));
  await owner.connect();
  await owner.query("begin; lock table coin.block in exclusive mode");
  const going = all(
    engine,
    [1, 2, 3].map((n) => w.town.nthPayment(n)),
  );
  const stuck = () =>
    database.asOwner<{ pid: number }>(
      "select pid from pg_stat_activity where usename = 'ah_coin' and datname = current_database() and wait_event_type = 'Lock'",
    );
  await expect.poll(async () => (await stuck()).length, PATIENCE).toBe(1);
  const first = (await stuck())[0]?.pid;
  await owner.query("select pg_terminate_backend($1)", [first]);
  // On a new connection it has read everything and waits for the table again.
  await expect.poll(async () => (await stuck()).some(({ pid }) => pid !== first), PATIENCE).toBe(true);
  await owner.query("rollback");
  await owner.end();
  expect(results(await going)).toEqual(new Set(["applied"]));
  const rows = await database.asOwner<{ n: number }>(
    "select count(*)::int as n from coin.transaction where tenant_id = $1",
    [w.tenantId],
  );
  expect(rows[0]?.n).toBe(2 + 8 + 3);
});

test("as long as nothing can be written whoever waits is told after a while, and afterwards all goes on", async () => {
  const store = w.store();
  const commit = store.commit.bind(store);
  let isBroken = false;
  store.commit = (epoch, block) => (isBroken ? Promise.reject(new Error("broken")) : commit(epoch, block));
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  const engine = await w.engine({ store, wait });
  await all(engine, w.town.opening(2, 10));
  isBroken = true;
  const payment = w.town.nthPayment(1);
  await expect(engine.submit(payment)).rejects.toMatchObject({ code: "coin_unavailable" });
  // Not a busy loop: longer and longer, 15 s in all.
  expect(waits.slice(0, 4)).toEqual([100, 200, 500, 1_000]);
  expect(waits.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(15_000);
  isBroken = false;
  expect(await engine.submit(payment)).toMatchObject({ result: "applied", isKnown: false });
});

test("too much at once is refused at the door, and nothing of it was done", async () => {
  const engine = await w.engine({ limits: { waitingMost: 5 } });
  const opening = w.town.opening(4, 10);
  const settled = await Promise.allSettled(opening.map((bytes) => engine.submit(bytes)));
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toHaveLength(opening.length - 5);
  expect(refused[0]).toBeInstanceOf(LedgerBusy);
  for (const bytes of opening.slice(5)) expect((await engine.submit(bytes)).result).toBe("applied");
});

test("a start goes on from the newest snapshot, and from the one before where that is damaged", async () => {
  const engine = await w.engine();
  await all(engine, w.town.opening(6, 10));
  const store = w.store();
  const first = await writeSnapshot(store);
  await engine.submit(w.town.nthPayment(1));
  const second = await writeSnapshot(store);
  expect(second).toBe((first as number) + 1);
  await engine.submit(w.town.nthPayment(2));
  const said: string[] = [];
  const say = (sentence: string) => void said.push(sentence);
  expect(hex((await w.engine({ say })).state.chainHash)).toBe(hex(engine.state.chainHash));
  expect(said).toEqual([]);
  await database.asOwner("update coin.snapshot_piece set bytes = set_byte(bytes, 300, 7) where height = $1", [
    second,
  ]);
  expect(hex((await w.engine({ say })).state.chainHash)).toBe(hex(engine.state.chainHash));
  expect(said).toEqual([`The snapshot at block ${second} is damaged: it has another hash.`]);
});

test("a history that was changed behind the engine's back is found, with the number of the block", async () => {
  const engine = await w.engine();
  await all(engine, w.town.opening(3, 10));
  const { height } = await engine.submit(w.town.nthPayment(1));
  await engine.submit(w.town.nthPayment(2));
  await engine.close();
  await database.asOwner(
    "update coin.block set bytes = set_byte(bytes, length(bytes) - 150, get_byte(bytes, length(bytes) - 150) # 1) where tenant_id = $1 and height = $2",
    [w.tenantId, height],
  );
  const broken = await w.engine().catch((error: Error) => error);
  expect(broken).toBeInstanceOf(HistoryChanged);
  expect(broken).toMatchObject({ code: "coin_history_changed", height });
  await database.asOwner("delete from coin.block where tenant_id = $1 and height = $2", [w.tenantId, height]);
  await expect(w.engine()).rejects.toMatchObject({ height, message: expect.stringContaining("missing") });
});

test("the view shows each transaction as it was sent, in order", async () => {
  const engine = await w.engine();
  const opening = w.town.opening(3, 10);
  await all(engine, opening);
  const rows = await database.asOwner<{ digest: string; code: number }>(
    "select encode(sha256(bytes), 'hex') as digest, code from coin.transaction where tenant_id = $1 order by height, n",
    [w.tenantId],
  );
  expect(rows.map(({ digest }) => digest)).toEqual(opening.map((bytes) => hash("sha256", bytes, "hex")));
  expect(new Set(rows.map(({ code }) => code))).toEqual(new Set([0]));
});
