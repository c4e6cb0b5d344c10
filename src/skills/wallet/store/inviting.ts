import { sql } from "kysely";
import { answerLater, samePartyAs, type Timer, type Tx, takeTimer, translate } from "#kernel";
import { invitationCard } from "../flows/cards.ts";
import { catalogue } from "../rules/catalogue.ts";
import { ACCOUNT } from "../rules/purposes.ts";
import { insertInvitation } from "./accounts.ts";
import { findCoin, type OpenCoin, readOpenCoin } from "./coins.ts";
import { listMemberships } from "./memberships.ts";
import { inTenant, type Place } from "./tx.ts";

/** The way to a wallet, for somebody who asks for it in a conversation: to the one they have, or an invitation. */

const LASTS_MS = 7 * 24 * 3_600_000;

export interface Question {
  readonly contactId: number;
  readonly conversationId: number;
  readonly messageId: string;
}

export async function inviteInConversation(place: Place, timer: Timer, asked: Question): Promise<void> {
  const { tenantId } = timer;
  const { house, outside } = place;
  const now = house.clock.now();
  const issuerId = await inTenant(place, tenantId, (tx) => issuerOf(tx, tenantId));
  if (issuerId === null) return;
  const { name: coin } = (await readOpenCoin(place, issuerId)) satisfies OpenCoin;
  const isKnown = await inTenant(place, tenantId, (tx) =>
    hasWallet(tx, { tenantId, issuerId }, asked.contactId),
  );
  // In the issuer's rows, before it is said: one that nobody opens runs out.
  const isOwn = issuerId === tenantId;
  const key = isKnown
    ? null
    : await inTenant(place, issuerId, (tx) =>
        insertInvitation(tx, issuerId, {
          label: "",
          uses: 1,
          by: "conversation",
          now,
          expiresAt: now + LASTS_MS,
          ...(isOwn && { contactId: asked.contactId }),
        }),
      );
  await inTenant(place, tenantId, async (tx) => {
    if (!(await takeTimer(tx, timer))) return;
    const language = await languageIn(tx, tenantId, asked.conversationId);
    const { formOfAddress: form } = await house.profile(tenantId);
    const base = `${outside.publicUrl(house)}/wallet`;
    const content =
      key === null
        ? {
            type: "text" as const,
            text: translate(catalogue, { language, form }, "known", { link: base }),
            link: base,
          }
        : invitationCard({ coin, link: `${base}#i=${issuerId}.${key}`, language, form });
    const { conversationId, messageId } = asked;
    await answerLater(house, tx, { tenantId, conversationId, messageId, purpose: ACCOUNT, content, now });
  });
}

/** The company's own coin, else the first that it takes. */
async function issuerOf(tx: Tx, tenantId: number): Promise<number | null> {
  if ((await findCoin(tx, tenantId))?.state === "open") return tenantId;
  const [first] = (await listMemberships(tx, tenantId)).filter(({ state }) => state === "open");
  return first?.issuer_tenant_id ?? null;
}

async function hasWallet(
  tx: Tx,
  { tenantId, issuerId }: { tenantId: number; issuerId: number },
  contactId: number,
): Promise<boolean> {
  const contacts = await samePartyAs(tx, tenantId, contactId);
  const { rows } = await sql`select from wallet.account_place
    where tenant_id = ${tenantId} and issuer_tenant_id = ${issuerId} and contact_id = any(${contacts}::bigint[]) limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

async function languageIn(tx: Tx, tenantId: number, conversationId: number): Promise<"de" | "en"> {
  const { rows } = await sql<{ language: "de" | "en" }>`
    select language from kernel.conversation where tenant_id = ${tenantId} and id = ${conversationId}`.execute(
    tx,
  );
  return rows[0]?.language ?? "de";
}
