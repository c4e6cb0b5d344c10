import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Actor, AppError, type Tx } from "#kernel";
import type { CoinMerchant } from "../../api.ts";
import { invitationCard } from "../../flows/cards.ts";
import { hexOf } from "../../rules/bytes.ts";
import { centsOf } from "../../rules/money.ts";
import { placeText } from "../../rules/tokens.ts";
import { insertInvitation } from "../accounts.ts";
import { openCoinOf } from "../coins.ts";
import { clientIdOf } from "../requests.ts";
import { inTenant, type Place, tell } from "../tx.ts";
import { accountOrNull } from "./setup.ts";

/** Who takes the coin, and the invitations to both sides of it. */

const DAY_MS = 86_400_000;
const MERCHANTS_MOST = 500;

interface Row {
  id: number;
  name: string;
  state: CoinMerchant["state"];
  account: Buffer | null;
  invitation: string | null;
}

export async function listMerchants(place: Place, tenantId: number): Promise<CoinMerchant[]> {
  const { rows } = await inTenant(place, tenantId, (tx) =>
    sql<Row>`select id, name, state, account, invitation from wallet.merchant
      where tenant_id = ${tenantId} order by name, id limit ${MERCHANTS_MOST}`.execute(tx),
  );
  const items: CoinMerchant[] = [];
  for (const row of rows) {
    const facts = row.account && (await accountOrNull(place, tenantId, row.account));
    items.push({
      id: row.id,
      name: row.name,
      state: row.state,
      account: row.account && hexOf(row.account),
      invitation:
        row.state === "invited" && row.invitation ? placeText({ tenantId, key: row.invitation }) : null,
      isFrozen: facts?.isFrozen ?? false,
      balanceMinor: facts ? centsOf(facts.balance) : null,
    });
  }
  return items;
}

/** @throws AppError not_found without a coin that has begun */
export async function inviteMerchant(place: Place, tenantId: number, name: string): Promise<CoinMerchant> {
  const now = place.house.clock.now();
  const key = randomBytes(16).toString("hex");
  const id = await inTenant(place, tenantId, async (tx) => {
    await openCoinOf(tx, tenantId);
    const { rows } = await sql<{ id: number }>`
      insert into wallet.merchant (tenant_id, name, invitation, created_at)
      values (${tenantId}, ${name}, ${key}, ${new Date(now)}) returning id`.execute(tx);
    await tell(tx, tenantId, "coin", now);
    return (rows[0] as { id: number }).id;
  });
  const invitation = placeText({ tenantId, key });
  return { id, name, state: "invited", account: null, invitation, isFrozen: false, balanceMinor: null };
}

export interface NewInvitation {
  readonly conversationId?: number | undefined;
  readonly uses: number;
  readonly label: string;
  readonly days: number;
}

/**
 * An invitation to open a wallet: shown at the counter, or sent into a conversation as a link.
 * @throws AppError not_found, window_closed, not_allowed_to_contact
 */
export async function inviteCustomer(
  place: Place,
  actor: Actor,
  given: NewInvitation,
): Promise<{ invitation: string; link: string; expiresAt: string }> {
  const { house, outside } = place;
  const { tenantId } = actor;
  const now = house.clock.now();
  const expiresAt = now + given.days * DAY_MS;
  const made = await inTenant(place, tenantId, async (tx) => {
    const coin = await openCoinOf(tx, tenantId);
    const { conversationId } = given;
    const found = conversationId === undefined ? null : await conversationOf(tx, tenantId, conversationId);
    const key = await insertInvitation(tx, tenantId, {
      label: given.label,
      uses: given.uses,
      by: actor.staffId,
      now,
      expiresAt,
      ...(found && { contactId: found.contactId }),
    });
    const invitation = placeText({ tenantId, key });
    const link = `${outside.publicUrl(house)}/wallet#i=${invitation}`;
    if (found && conversationId !== undefined) {
      const { formOfAddress: form } = await house.profile(tenantId);
      const content = invitationCard({ coin: coin.name, link, language: found.language, form });
      const input = { clientId: clientIdOf(tenantId, "invitation", key), content };
      await outside.reply(house, tx, actor, { conversationId, input });
    }
    return { invitation, link };
  });
  return { ...made, expiresAt: new Date(expiresAt).toISOString() };
}

/** @throws AppError not_found */
async function conversationOf(
  tx: Tx,
  tenantId: number,
  id: number,
): Promise<{ contactId: number; language: "de" | "en" }> {
  const { rows } = await sql<{ contactId: number; language: "de" | "en" }>`
    select contact_id as "contactId", case when language = 'en' then 'en' else 'de' end as language
    from kernel.conversation where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}
