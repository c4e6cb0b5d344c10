import { sql } from "kysely";
import { type Agreement, AppError, type House, listAgreements, proposeAgreement } from "#kernel";
import type { PartnerReply, SenderRule } from "../api/partners.ts";
import { NEEDED_FIELDS, ORDERS } from "../plan/agreement.ts";
import { type DeliveryTx, inTenant } from "./tx.ts";

/** Agreements on deliveries, and the rules of senders. */

const YEAR_MS = 366 * 86_400_000;

/** The newest of each company. */
export async function listPartners(house: House, tenantId: number): Promise<PartnerReply[]> {
  const now = house.clock.now();
  const { agreements, rules } = await inTenant(house, tenantId, async (tx) => ({
    agreements: await listAgreements(tx, tenantId),
    rules: await readRules(tx, tenantId),
  }));
  const newest = new Map<number, Agreement>();
  for (const one of agreements.filter(({ purpose }) => purpose === ORDERS)) {
    const partnerId = one.tenantId === tenantId ? one.withTenantId : one.tenantId;
    const before = newest.get(partnerId);
    if (!before || (!isOpen(before, now) && isOpen(one, now))) newest.set(partnerId, one);
  }
  return Promise.all(
    [...newest].map(async ([partnerId, one]) => ({
      id: one.id,
      tenantId: partnerId,
      name: (await house.profile(partnerId)).name,
      state: stateOf(one, tenantId, now),
      since: new Date(one.agreedAt ?? one.proposedAt).toISOString(),
      until: new Date(one.expiresAt).toISOString(),
      fields: one.fields,
      rule: rules.get(partnerId) ?? null,
    })),
  );
}

const isOpen = ({ revokedAt, expiresAt }: Agreement, now: number): boolean =>
  revokedAt === null && expiresAt > now;

function stateOf(one: Agreement, tenantId: number, now: number): PartnerReply["state"] {
  if (!isOpen(one, now)) return "ended";
  if (one.agreedAt !== null) return "stands";
  return one.tenantId === tenantId ? "asked" : "asks";
}

/** @returns the agreement's id. @throws AppError not_found, rule_broken */
export async function propose(
  house: House,
  tenantId: number,
  { slug, years }: { readonly slug: string; readonly years: number },
): Promise<number> {
  const now = house.clock.now();
  const partner = await house.db.registry((tx) =>
    tx.selectFrom("kernel.tenant").select("id").where("slug", "=", slug).executeTakeFirst(),
  );
  if (!partner) throw new AppError("not_found", `There is no company "${slug}" on this node.`);
  if (partner.id === tenantId) throw new AppError("rule_broken", "A company needs no agreement with itself.");
  const known = (await listPartners(house, tenantId)).find((one) => one.tenantId === partner.id);
  if (known && known.state !== "ended")
    throw new AppError(
      "rule_broken",
      "There is an agreement with this company already, or one is asked for.",
    );
  return house.db.tenant(tenantId, (tx) =>
    proposeAgreement(tx, {
      tenantId,
      withTenantId: partner.id,
      purpose: ORDERS,
      fields: [...NEEDED_FIELDS, "doorNote", "reference"],
      expiresAt: now + years * YEAR_MS,
      now,
    }),
  );
}

async function readRules(tx: DeliveryTx, tenantId: number): Promise<Map<number, SenderRule>> {
  const { rows } = await sql<SenderRule & { senderTenantId: number }>`
    select sender_tenant_id as "senderTenantId", proof, after_failure as "afterFailure", compensation_minor as "compensationMinor",
      pays_percent as "paysPercent", tries, collect_days as "collectDays", takes_back as "takesBack",
      takes_back_words as "takesBackWords"
    from delivery.sender_rule where tenant_id = ${tenantId}`.execute(tx);
  return new Map(rows.map(({ senderTenantId, ...rule }) => [senderTenantId, rule]));
}

export async function writeRule(
  tx: DeliveryTx,
  { tenantId, senderTenantId }: { readonly tenantId: number; readonly senderTenantId: number },
  rule: SenderRule,
): Promise<void> {
  await sql`insert into delivery.sender_rule (tenant_id, sender_tenant_id, proof, after_failure, compensation_minor, pays_percent, tries,
      collect_days, takes_back, takes_back_words)
    values (${tenantId}, ${senderTenantId}, ${rule.proof}, ${rule.afterFailure}, ${rule.compensationMinor}, ${rule.paysPercent}, ${rule.tries},
      ${rule.collectDays}, ${rule.takesBack}, ${rule.takesBackWords})
    on conflict (tenant_id, sender_tenant_id) do update set proof = excluded.proof, after_failure = excluded.after_failure,
      compensation_minor = excluded.compensation_minor, pays_percent = excluded.pays_percent, tries = excluded.tries,
      collect_days = excluded.collect_days, takes_back = excluded.takes_back, takes_back_words = excluded.takes_back_words`.execute(
    tx,
  );
}
