import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "#kernel";

/** What this skill holds about persons, and how it leaves. */

export async function exportWallet(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const accounts = await sql<{ account: string }>`
    select p.issuer_tenant_id as "issuer", encode(p.account, 'hex') as account, a.label, a.language, a.created_at as "openedAt"
    from wallet.account_place p left join wallet.account a on a.tenant_id = p.issuer_tenant_id and a.account = p.account
    where p.contact_id = any(${ids}) order by p.account`.execute(tx);
  const movements = await sql`
    select encode(m.account, 'hex') as account, m.at, m.kind, m.amount::text as "millionths", m.other as "with", m.title, encode(m.tx_id, 'hex') as transaction
    from wallet.account_place p join wallet.movement m on m.tenant_id = p.issuer_tenant_id and m.account = p.account
    where p.contact_id = any(${ids}) order by m.id`.execute(tx);
  const requests = await sql`
    select r.title, r.amount::text as "millionths", r.state, r.created_at as "askedAt", r.paid_at as "paidAt"
    from wallet.request_place p join wallet.request r on r.tenant_id = p.tenant_id and r.id = p.request_id
    where p.contact_id = any(${ids}) order by r.id`.execute(tx);
  return { accounts: accounts.rows, movements: movements.rows, requests: requests.rows };
}

/**
 * The join goes, and with it whatever would lead back: the account's token and secret, what its movements are called, the salts
 * of what was asked. The ledger stays as it is, without a person (decision 0042).
 */
export async function eraseWallet(tx: Tx, contactIds: readonly number[]): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  await sql`update wallet.account a set token_hash = null, secret = null, label = '', helper_labels = '{}'
    from wallet.account_place p where p.contact_id = any(${ids}) and a.tenant_id = p.issuer_tenant_id and a.account = p.account`.execute(
    tx,
  );
  await sql`update wallet.movement m set title = '', other = '', request_key = null
    from wallet.account_place p where p.contact_id = any(${ids}) and m.tenant_id = p.issuer_tenant_id and m.account = p.account`.execute(
    tx,
  );
  await sql`update wallet.recovery r set label = '', state = 'expired', key_hash = ${randomBytes(32)}
    from wallet.account_place p where p.contact_id = any(${ids}) and r.tenant_id = p.issuer_tenant_id and r.account = p.account`.execute(
    tx,
  );
  await sql`update wallet.purchase b set pay_reference = null, pay_url = ''
    from wallet.account_place p where p.contact_id = any(${ids}) and b.tenant_id = p.issuer_tenant_id and b.account = p.account
      and b.state in ('done', 'failed', 'cancelled')`.execute(tx);
  await sql`update wallet.invitation i set label = '' from wallet.invitation_place p
    where p.contact_id = any(${ids}) and i.tenant_id = p.tenant_id and i.key = p.key`.execute(tx);
  await sql`update wallet.request r set salt = null, payer = case when r.state in ('open', 'held') then r.payer end, title = '-'
    from wallet.request_place p where p.contact_id = any(${ids}) and p.tenant_id = r.tenant_id and p.request_id = r.id`.execute(
    tx,
  );
  await sql`delete from wallet.account_place where contact_id = any(${ids})`.execute(tx);
  await sql`delete from wallet.request_place where contact_id = any(${ids})`.execute(tx);
  await sql`delete from wallet.invitation_place where contact_id = any(${ids})`.execute(tx);
}
