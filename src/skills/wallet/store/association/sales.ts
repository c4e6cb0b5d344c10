import { sql } from "kysely";
import { type Actor, AppError, type Timer, type Tx, takeTimer } from "#kernel";
import type { Sale } from "../../api.ts";
import { bytesOf, hexOf, isSame, NOTHING } from "../../rules/bytes.ts";
import { centsOf, unitsOf } from "../../rules/money.ts";
import { BOUGHT } from "../../rules/timer-kinds.ts";
import { readPlace } from "../../rules/tokens.ts";
import { openCoinOf, readOpenCoin } from "../coins.ts";
import type { Decided, Job } from "../jobs.ts";
import { putJob } from "../jobs.ts";
import { addMovement } from "../movements.ts";
import { inTenant, type Place, tell } from "../tx.ts";
import { wake } from "../wake.ts";
import { saidOf } from "./said.ts";

/** Euro that become coins: at the counter, or by a payment request. Always out of what the exchange holds. */

interface Row {
  id: number;
  account: Buffer;
  amount_minor: number;
  paid_by: Sale["by"];
  is_identified: boolean;
  state: Sale["state"];
  result: string;
  pay_url: string;
  job_id: Buffer | null;
  made_by: string;
  made_at: Date;
}

const COLUMNS = sql`id, account, amount_minor, paid_by, is_identified, state, result, pay_url, job_id, made_by, made_at`;
/** Result of a purchase whose euro were taken back after the coins were out. */
const TAKEN_BACK = "taken_back";

const shown = (place: Place, row: Row): Sale => ({
  id: row.id,
  account: hexOf(row.account),
  amountMinor: row.amount_minor,
  by: row.paid_by,
  isIdentified: row.is_identified,
  state: row.state,
  sentence: saidOf(place, row.result === TAKEN_BACK ? "" : row.result),
  isTakenBack: row.result === TAKEN_BACK,
  madeBy: row.made_by,
  madeAt: row.made_at.toISOString(),
});

export async function listSales(
  place: Place,
  tenantId: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<Sale[]> {
  const { rows } = await inTenant(place, tenantId, (tx) =>
    sql<Row>`select ${COLUMNS} from wallet.purchase
      where tenant_id = ${tenantId} and (${before}::bigint is null or id < ${before}) order by id desc limit ${limit}`.execute(
      tx,
    ),
  );
  return rows.map((row) => shown(place, row));
}

async function saleById(tx: Tx, tenantId: number, id: number): Promise<Row> {
  const { rows } = await sql<Row>`select ${COLUMNS} from wallet.purchase
    where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

/** @returns the account that is meant @throws AppError rule_broken for an invitation that opened none, bad_request */
async function accountOf(place: Place, tenantId: number, to: string): Promise<Uint8Array> {
  const invitation = readPlace(to);
  if (!invitation) {
    const facts = await place.outside.ledgers(place.house).account(tenantId, bytesOf(to));
    if (facts?.role !== "customer")
      throw new AppError("rule_broken", "unknown_account: no customer of this coin has it.");
    return bytesOf(to);
  }
  const { rows } = await inTenant(place, tenantId, (tx) =>
    sql<{ account: Buffer; uses: number }>`
      select account.account, invitation.uses from wallet.account account
        left join wallet.invitation invitation on invitation.tenant_id = account.tenant_id and invitation.key = account.invitation
      where account.tenant_id = ${tenantId} and account.invitation = ${invitation.key} and account.state = 'open' limit 2`.execute(
      tx,
    ),
  );
  if (rows.length > 1 || (rows[0]?.uses ?? 1) > 1)
    throw new AppError("rule_broken", "many_opened: more than one may open an account by this invitation.");
  if (invitation.tenantId !== tenantId || !rows[0])
    throw new AppError("rule_broken", "not_opened: nobody has opened a wallet by this invitation yet.");
  return new Uint8Array(rows[0].account);
}

interface NewSale {
  readonly key: string;
  readonly to: string;
  readonly amountMinor: number;
  readonly by: "cash" | "transfer" | "card";
  readonly isIdentified: boolean;
}

/** @throws AppError not_found, rule_broken where the exchange has not that much, conflict for the key with other content */
export async function sellCoins(place: Place, actor: Actor, given: NewSale): Promise<Sale> {
  const { tenantId } = actor;
  const now = place.house.clock.now();
  const account = await accountOf(place, tenantId, given.to);
  const available = await exchangeHas(place, tenantId);
  const id = await inTenant(place, tenantId, async (tx) => {
    await openCoinOf(tx, tenantId);
    const { rows } = await sql<Row>`select ${COLUMNS} from wallet.purchase
      where tenant_id = ${tenantId} and client_key = ${given.key}`.execute(tx);
    const [before] = rows;
    if (before) {
      if (before.amount_minor !== given.amountMinor || !before.account.equals(Buffer.from(account)))
        throw new AppError("conflict", "This key was used for another sale.");
      return before.id;
    }
    if (given.amountMinor > available - (await underWay(tx, tenantId)))
      throw new AppError("rule_broken", "too_much: the exchange does not have that many coins.");
    const made = await sql<{ id: number }>`
      insert into wallet.purchase (tenant_id, client_key, account, amount_minor, paid_by, is_identified, state, made_by, made_at)
      values (${tenantId}, ${given.key}, ${Buffer.from(account)}, ${given.amountMinor}, ${given.by}, ${given.isIdentified}, 'asked', ${actor.name}, ${new Date(now)})
      returning id`.execute(tx);
    const { id: saleId } = made.rows[0] as { id: number };
    await handOver(tx, tenantId, saleId, now);
    return saleId;
  });
  await wake(place, tenantId);
  return inTenant(place, tenantId, async (tx) => shown(place, await saleById(tx, tenantId, id)));
}

async function exchangeHas(place: Place, tenantId: number): Promise<number> {
  const coin = await readOpenCoin(place, tenantId);
  const account = new Uint8Array(coin.exchange_account);
  const facts = await place.outside.ledgers(place.house).account(tenantId, account);
  return centsOf(facts?.balance ?? 0);
}

async function underWay(tx: Tx, tenantId: number): Promise<number> {
  const { rows } = await sql<{
    sum: number;
  }>`select coalesce(sum(amount_minor), 0)::bigint as sum from wallet.purchase
    where tenant_id = ${tenantId} and state = 'waiting'`.execute(tx);
  return rows[0]?.sum ?? 0;
}

/** Purpose of jobs that hand coins over. */
export const SALE = "sale";
/** Euro are there and the ledger says no: it is asked again so much later, as long as it takes. */
const AGAIN_MS = 15 * 60_000;

/** Stores what the exchange is to do, and from when on; nothing where it was stored before. */
async function handOver(tx: Tx, tenantId: number, id: number, now: number): Promise<void> {
  const sale = await saleById(tx, tenantId, id);
  if (sale.state !== "asked") return;
  const jobId = await putJob(tx, {
    tenantId,
    ledgerTenantId: tenantId,
    signer: "exchange",
    operations: [
      {
        kind: "transfer",
        by: 0,
        to: new Uint8Array(sale.account),
        amount: unitsOf(sale.amount_minor),
        reference: NOTHING,
      },
    ],
    purpose: SALE,
    subject: String(id),
    now,
  });
  await sql`update wallet.purchase set state = 'waiting', job_id = ${Buffer.from(jobId)} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  await tell(tx, tenantId, "coin", now);
}

/** What the ledger said; the customer's history has it too. */
export async function noteSale(place: Place, job: Job, { result, height }: Decided): Promise<void> {
  const { tenantId } = job;
  const now = place.house.clock.now();
  const { name } = await place.house.profile(tenantId);
  await inTenant(place, tenantId, async (tx) => {
    const sale = await saleById(tx, tenantId, Number(job.subject));
    if (sale.state !== "waiting" || !sale.job_id || !isSame(sale.job_id, job.id)) return;
    const isDone = result === "applied";
    if (!isDone && sale.paid_by === "request") {
      await tryAgain(tx, tenantId, { sale, result, now });
      return;
    }
    await sql`update wallet.purchase set state = ${isDone ? "done" : "failed"},
        result = case when not ${isDone}::boolean then ${result} when result = ${TAKEN_BACK} then result else '' end, done_at = ${isDone ? new Date(now) : null}
      where tenant_id = ${tenantId} and id = ${sale.id}`.execute(tx);
    if (isDone)
      await addMovement(tx, tenantId, {
        account: new Uint8Array(sale.account),
        kind: "bought",
        amount: unitsOf(sale.amount_minor),
        other: name,
        title: "",
        requestKey: null,
        txId: job.id,
        height,
        at: now,
      });
    await tell(tx, tenantId, "coin", now);
  });
}

/** The customer has paid: what hinders it (the exchange is short, a limit) passes, and the desk shows it meanwhile. */
async function tryAgain(
  tx: Tx,
  tenantId: number,
  { sale: { id, result: before }, result, now }: { sale: Row; result: string; now: number },
): Promise<void> {
  const isTakenBack = before === TAKEN_BACK;
  await sql`update wallet.purchase set state = ${isTakenBack ? "cancelled" : "asked"}, result = ${isTakenBack ? before : result}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (!isTakenBack) await handOver(tx, tenantId, id, now + AGAIN_MS);
  await tell(tx, tenantId, "coin", now);
}

/**
 * A customer asks for a way to pay euro. Play money is never sold for euro that a bank moves.
 * @returns where to pay @throws AppError rule_broken, conflict for the key with other content
 */
export async function buyCoins(
  place: Place,
  tenantId: number,
  given: {
    readonly account: Uint8Array;
    readonly language: "de" | "en";
    readonly amountMinor: number;
    readonly key: string;
  },
): Promise<string> {
  const { house, outside } = place;
  const now = house.clock.now();
  const account = Buffer.from(given.account);
  return inTenant(place, tenantId, async (tx) => {
    const coin = await openCoinOf(tx, tenantId);
    if (coin.legal === "play")
      throw new AppError("rule_broken", "play_money: this coin is not sold for euro.");
    const key = `${hexOf(account)} ${given.key}`.slice(0, 100);
    await sql`insert into wallet.purchase (tenant_id, client_key, account, amount_minor, paid_by, state, made_by, made_at)
      values (${tenantId}, ${key}, ${account}, ${given.amountMinor}, 'request', 'asked', '', ${new Date(now)})
      on conflict (tenant_id, client_key) do nothing`.execute(tx);
    const { rows } = await sql<{
      id: number;
      amount_minor: number;
    }>`select id, amount_minor from wallet.purchase
      where tenant_id = ${tenantId} and client_key = ${key}`.execute(tx);
    const sale = rows[0] as { id: number; amount_minor: number };
    if (sale.amount_minor !== given.amountMinor)
      throw new AppError("conflict", "This key was used for another amount.");
    const { page } = await outside.askForEuro(house, tx, {
      tenantId,
      timer: BOUGHT,
      reference: `purchase ${sale.id}`,
      amountMinor: given.amountMinor,
      title: coin.name,
      language: given.language,
      by: "wallet",
    });
    const url = outside.publicUrl(house) + page;
    await sql`update wallet.purchase set pay_reference = ${`purchase ${sale.id}`}, pay_url = ${url} where tenant_id = ${tenantId} and id = ${sale.id}`.execute(
      tx,
    );
    return url;
  });
}

/** The euro are there, or not any more. */
export async function noteEuro(
  place: Place,
  timer: Timer,
  { reference, what }: { reference: string; what: string },
): Promise<void> {
  const { tenantId } = timer;
  const id = Number(reference.split(" ")[1]);
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    if (what === "paid") return handOver(tx, tenantId, id, now);
    const sale = await saleById(tx, tenantId, id);
    if (sale.state === "asked")
      await sql`update wallet.purchase set state = 'cancelled' where tenant_id = ${tenantId} and id = ${id}`.execute(
        tx,
      );
    else
      await sql`update wallet.purchase set result = ${TAKEN_BACK} where tenant_id = ${tenantId} and id = ${id}`.execute(
        tx,
      );
    await tell(tx, tenantId, "coin", now);
  });
}

/** Sets coins of the exchange aside to be burned. @returns the preburn's id @throws AppError not_found, rule_broken */
export async function handIn(
  place: Place,
  tenantId: number,
  { key, amountMinor }: { key: string; amountMinor: number },
): Promise<string> {
  const now = place.house.clock.now();
  const available = await exchangeHas(place, tenantId);
  const id = await inTenant(place, tenantId, async (tx) => {
    const { rows } = await sql<{ id: Buffer }>`select id from wallet.job
      where tenant_id = ${tenantId} and purpose = 'preburn' and subject = ${key.slice(0, 80)} for update`.execute(
      tx,
    );
    if (rows[0]) return new Uint8Array(rows[0].id);
    if (amountMinor > available)
      throw new AppError("rule_broken", "too_much: the exchange does not have that many coins.");
    return putJob(tx, {
      tenantId,
      ledgerTenantId: tenantId,
      signer: "exchange",
      operations: [{ kind: "preburn", by: 0, amount: unitsOf(amountMinor) }],
      purpose: "preburn",
      subject: key.slice(0, 80),
      now,
    });
  });
  await wake(place, tenantId);
  return hexOf(id);
}
