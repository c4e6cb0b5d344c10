import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Actor, AppError } from "#kernel";
import type { TillRedemption } from "../../api.ts";
import { hexOf, NOTHING } from "../../rules/bytes.ts";
import { centsOf, unitsOf } from "../../rules/money.ts";
import { readOpenCoin } from "../coins.ts";
import type { Decided, Job } from "../jobs.ts";
import { putJob } from "../jobs.ts";
import { merchantOf, openMembership } from "../memberships.ts";
import { inTenant, type Place, tell } from "../tx.ts";
import { wake } from "../wake.ts";
import { saidOf } from "./said.ts";

/** A merchant hands coins back for euro: coins go to the exchange, and the issuer owes a transfer. */

interface Row {
  id: number;
  membership_id: number;
  amount_minor: number;
  state: TillRedemption["state"];
  result: string;
  holder: string;
  iban: string;
  made_at: Date;
}

const COLUMNS = sql`id, membership_id, amount_minor, state, result, holder, iban, made_at`;
const SHOWN_MOST = 50;
/** Purpose of jobs that hand coins back. */
export const REDEEM = "redeem";

const shown = (place: Place, row: Row): TillRedemption => ({
  id: row.id,
  amountMinor: row.amount_minor,
  state: row.state,
  holder: row.holder,
  iban: row.iban,
  askedAt: row.made_at.toISOString(),
  sentence: saidOf(place, row.result),
});

export async function listOwnRedemptions(place: Place, tenantId: number): Promise<TillRedemption[]> {
  const { rows } = await inTenant(place, tenantId, (tx) =>
    sql<Row>`select ${COLUMNS} from wallet.redemption where tenant_id = ${tenantId} order by id desc limit ${SHOWN_MOST}`.execute(
      tx,
    ),
  );
  return rows.map((row) => shown(place, row));
}

interface NewRedemption {
  readonly key: string;
  readonly amountMinor: number;
  readonly membershipId?: number | undefined;
}

/** @throws AppError not_found, rule_broken where there is not that much, conflict for the key with other content */
export async function askRedemption(
  place: Place,
  actor: Actor,
  given: NewRedemption,
): Promise<TillRedemption> {
  const { tenantId } = actor;
  const now = place.house.clock.now();
  const member = await inTenant(place, tenantId, (tx) => openMembership(tx, tenantId, given.membershipId));
  const issuerId = member.issuer_tenant_id;
  const coin = await readOpenCoin(place, issuerId);
  const facts = await place.outside.ledgers(place.house).account(issuerId, new Uint8Array(member.account));
  const id = await inTenant(place, tenantId, async (tx) => {
    const known = await sql<Row>`select ${COLUMNS} from wallet.redemption
      where tenant_id = ${tenantId} and client_key = ${given.key}`.execute(tx);
    const [before] = known.rows;
    if (before) {
      if (before.amount_minor !== given.amountMinor || before.membership_id !== member.id)
        throw new AppError("conflict", "This key was used for another redemption.");
      return before.id;
    }
    if (given.amountMinor > centsOf(facts?.balance ?? 0))
      throw new AppError("rule_broken", "not_enough: there are not that many coins.");
    const { rows } = await sql<{ id: number }>`
      insert into wallet.redemption (tenant_id, client_key, membership_id, amount_minor, state, holder, iban, job_id, made_by, made_at)
      values (${tenantId}, ${given.key}, ${member.id}, ${given.amountMinor}, 'asked', ${member.redeem_holder}, ${member.redeem_iban},
        ${randomBytes(16)}, ${actor.staffId}, ${new Date(now)}) returning id`.execute(tx);
    const made = rows[0] as { id: number };
    const jobId = await putJob(tx, {
      tenantId,
      ledgerTenantId: issuerId,
      signer: "merchant",
      membershipId: member.id,
      operations: [
        {
          kind: "transfer",
          by: 0,
          to: new Uint8Array(coin.exchange_account),
          amount: unitsOf(given.amountMinor),
          reference: NOTHING,
        },
      ],
      purpose: REDEEM,
      subject: String(made.id),
      now,
    });
    await sql`update wallet.redemption set job_id = ${Buffer.from(jobId)} where tenant_id = ${tenantId} and id = ${made.id}`.execute(
      tx,
    );
    await tell(tx, tenantId, "till", now);
    return made.id;
  });
  await wake(place, tenantId);
  return inTenant(place, tenantId, async (tx) => {
    const { rows } =
      await sql<Row>`select ${COLUMNS} from wallet.redemption where tenant_id = ${tenantId} and id = ${id}`.execute(
        tx,
      );
    return shown(place, rows[0] as Row);
  });
}

/** The issuer's row first: whatever happens between, it is done again and stands once. */
export async function noteRedemption(place: Place, job: Job, { result }: Decided): Promise<void> {
  const { tenantId, ledgerTenantId: issuerId } = job;
  const now = place.house.clock.now();
  const isDone = result === "applied";
  const { rows } = await inTenant(place, tenantId, (tx) =>
    sql<
      Row & { account: Buffer }
    >`select d.id, d.membership_id, d.amount_minor, d.state, d.result, d.holder, d.iban, d.made_at, m.account
      from wallet.redemption d join wallet.membership m on m.tenant_id = d.tenant_id and m.id = d.membership_id
      where d.tenant_id = ${tenantId} and d.id = ${Number(job.subject)}`.execute(tx),
  );
  const [row] = rows;
  if (!row) return;
  if (isDone) await owe(place, issuerId, { tenantId, row, now });
  await inTenant(place, tenantId, async (tx) => {
    await sql`update wallet.redemption set state = ${isDone ? "accepted" : "returned"}, result = ${isDone ? "" : result}
      where tenant_id = ${tenantId} and id = ${row.id} and state = 'asked'`.execute(tx);
    await tell(tx, tenantId, "till", now);
  });
}

async function owe(
  place: Place,
  issuerId: number,
  { tenantId, row, now }: { tenantId: number; row: Row & { account: Buffer }; now: number },
): Promise<void> {
  await inTenant(place, issuerId, async (tx) => {
    const merchant = await merchantOf(tx, issuerId, new Uint8Array(row.account));
    if (!merchant) throw new Error(`no merchant has the account ${hexOf(row.account)}`);
    await sql`insert into wallet.payout (tenant_id, merchant_id, member_tenant_id, redemption_id, amount_minor, holder, iban, state, at)
      values (${issuerId}, ${merchant.id}, ${tenantId}, ${row.id}, ${row.amount_minor}, ${row.holder}, ${row.iban}, 'accepted', ${new Date(now)})
      on conflict (tenant_id, member_tenant_id, redemption_id) do nothing`.execute(tx);
    await tell(tx, issuerId, "coin", now);
  });
}
