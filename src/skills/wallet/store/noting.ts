import { sql } from "kysely";
import type { Tx } from "#kernel";
import { noteOpened } from "./accounts.ts";
import { noteAct } from "./acts.ts";
import { COUNCIL, noteProposal } from "./association/proposals.ts";
import { noteRedemption, REDEEM } from "./association/redemptions.ts";
import { noteSale, SALE } from "./association/sales.ts";
import { noteSeal, SEALING } from "./association/sealing.ts";
import { AgainLater } from "./decide.ts";
import { type Decided, type Job, putJob } from "./jobs.ts";
import { noteMember } from "./memberships.ts";
import { addMovement } from "./movements.ts";
import { notePayment, OFFLINE } from "./paying.ts";
import { noteRecovery } from "./recovery.ts";
import { inTenant, type Place } from "./tx.ts";

/** What follows from the ledger's answer, by a job's purpose. Each may be called again until the job is over. */
export type Noter = (place: Place, job: Job, decided: Decided) => Promise<void>;

/** A crash between two companies' rows is made good by the round in half a minute; a merchant's own account has no history. */
const NOTED_MS = 10 * 60_000;
/** A surplus that cannot be given back, e.g. because the merchant has redeemed meanwhile, is tried again after so long. */
const AGAIN_MS = 15 * 60_000;
const isThere = ({ result }: Decided): boolean => result === "applied" || result === "account_exists";

export const noters: Readonly<Record<string, Noter>> = {
  open: async (place, job, decided) => {
    if (isThere(decided)) await noteOpened(place, job.tenantId, job.subject);
  },
  member: async (place, job, decided) => {
    if (isThere(decided)) await noteMember(place, job.tenantId, job.subject, place.house.clock.now());
  },
  payment: notePayment,
  [OFFLINE]: notePayment,
  act: noteAct,
  surplus: noteSurplus,
  recovery: noteRecovery,
  [COUNCIL]: noteProposal,
  [SALE]: noteSale,
  [REDEEM]: noteRedemption,
  [SEALING]: noteSeal,
};

/** A refusal has used the id up; the same is asked for under a new one until it is done. */
async function again({ house }: Place, job: Job, result: string): Promise<void> {
  // The hold is over: the ledger has given it back by itself.
  if (result === "unknown_hold" || result === "hold_is_over" || !job.operations) return;
  house.log.warn({ result }, "wallet: a surplus could not be given back yet");
  const now = house.clock.now();
  const { tenantId, ledgerTenantId, purpose, subject, operations } = job;
  await house.db.tenant(tenantId, async (tx) => {
    if (await waits(tx, job)) return;
    const common = { tenantId, ledgerTenantId, purpose, subject, now, after: now + AGAIN_MS };
    const by = { signer: "merchant" as const, membershipId: Number(job.membershipId) };
    await putJob(tx, { ...common, ...by, operations });
  });
}

/** Another one of the same kind is there already: this was noted before. */
async function waits(tx: Tx, { tenantId, id, purpose, subject }: Job): Promise<boolean> {
  const { rows } =
    await sql`select from wallet.job where tenant_id = ${tenantId} and purpose = ${purpose} and subject = ${subject}
    and state <> 'done' and id <> ${Buffer.from(id)}`.execute(tx);
  return rows.length > 0;
}

/** Money that nobody wanted went back: it stands in the payer's history as it came. */
async function noteSurplus(place: Place, job: Job, { result, height }: Decided): Promise<void> {
  const { house } = place;
  const issuerId = job.ledgerTenantId;
  const [, paidBy = ""] = job.subject.split(" ");
  if (result !== "applied") return again(place, job, result);
  const at = house.clock.now();
  await inTenant(place, issuerId, async (tx) => {
    const { rows } = await sql<{
      account: Buffer;
      amount: number;
      other: string;
      title: string;
      kind: string;
    }>`
      select account, amount, other, title, kind from wallet.movement
      where tenant_id = ${issuerId} and tx_id = ${Buffer.from(paidBy, "hex")} and kind in ('paid', 'held')`.execute(
      tx,
    );
    // The payment itself may be noted a moment later, in another company's rows.
    if (rows.length === 0 && at - job.createdAt < NOTED_MS)
      throw new AgainLater("the payment is not noted yet");
    for (const one of rows)
      await addMovement(tx, issuerId, {
        account: new Uint8Array(one.account),
        kind: one.kind === "held" ? "returned" : "refunded",
        amount: -one.amount,
        other: one.other,
        title: one.title,
        requestKey: null,
        txId: job.id,
        height,
        at,
      });
  });
}
