import { sql } from "kysely";
import { noteOpened } from "./accounts.ts";
import { noteAct } from "./acts.ts";
import { COUNCIL, noteProposal } from "./association/proposals.ts";
import { noteRedemption, REDEEM } from "./association/redemptions.ts";
import { noteSale, SALE } from "./association/sales.ts";
import { noteSeal, SEALING } from "./association/sealing.ts";
import { AgainLater } from "./decide.ts";
import type { Decided, Job } from "./jobs.ts";
import { noteMember } from "./memberships.ts";
import { addMovement } from "./movements.ts";
import { notePayment, OFFLINE } from "./paying.ts";
import { noteRecovery } from "./recovery.ts";
import { inTenant, type Place } from "./tx.ts";

/** What follows from the ledger's answer, by a job's purpose. Each may be called again until the job is over. */
export type Noter = (place: Place, job: Job, decided: Decided) => Promise<void>;

const TRIES_MOST = 5;
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

/** Money that nobody wanted went back: it stands in the payer's history as it came. */
async function noteSurplus(place: Place, job: Job, { result, height }: Decided): Promise<void> {
  const { house } = place;
  const issuerId = job.ledgerTenantId;
  const [, paidBy = ""] = job.subject.split(" ");
  if (result !== "applied") {
    house.log.warn({ result }, "wallet: a surplus could not be given back");
    return;
  }
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
    if (rows.length === 0 && job.tries < TRIES_MOST) throw new AgainLater("the payment is not noted yet");
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
