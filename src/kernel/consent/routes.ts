import * as api from "../api/consents.ts";
import { readContact } from "../contacts/contact.ts";
import { personOf } from "../contacts/roots.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { type Actor, type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import type { Purpose, TopicNames } from "../skill.ts";
import { type Agreement, agree, listAgreements, proposeAgreement, revokeAgreement } from "./agreements.ts";
import { type Grant, grantConsent, listGrants, withdrawConsent } from "./grants.ts";
import { importConsents } from "./import.ts";
import { nameTopics, type TopicName } from "./topic-names.ts";

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const grantReply = (grant: Grant, nameOf: (grant: Grant) => TopicName | null): api.ConsentGrant => ({
  ...grant,
  topicName: nameOf(grant),
  grantedAt: new Date(grant.grantedAt).toISOString(),
  expiresAt: iso(grant.expiresAt),
  withdrawnAt: iso(grant.withdrawnAt),
});

/** @param options every purpose that a room of this node declares, and what they call their topics */
export function consentRoutes(
  kernel: Kernel,
  { purposes = [], topicNames = [] }: { purposes?: readonly Purpose[]; topicNames?: readonly TopicNames[] },
): AnyRoute[] {
  const reply = async (tx: Tx, tenantId: number, grants: readonly Grant[]) => {
    const nameOf = await nameTopics(topicNames, { tx, tenantId }, grants);
    return grants.map((one) => grantReply(one, nameOf));
  };
  const inTenant = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => kernel.db.tenant(actor.tenantId, work);
  return [
    route(api.listPurposes, async () => ({ items: [...purposes] })),
    route(api.listConsents, ({ actor, params }) =>
      inTenant(actor, async (tx) => {
        const contactIds = await existing(tx, actor, params.id);
        const grants = await listGrants(tx, { tenantId: actor.tenantId, contactIds });
        return { items: await reply(tx, actor.tenantId, grants) };
      }),
    ),
    route(api.addConsent, ({ actor, params, body }) =>
      inTenant(actor, async (tx) => {
        const { tenantId } = actor;
        const contactIds = await existing(tx, actor, params.id);
        checkPurpose(purposes, body.purpose);
        await checkChannel(tx, tenantId, body.channelId);
        const { evidence, expiresAt, ...rest } = body;
        const [id] = await grantConsent(tx, {
          tenantId,
          grants: [
            {
              ...rest,
              contactId: contactIds[0] as number,
              how: "staff",
              evidence: { ...evidence, staffId: actor.staffId },
              expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
            },
          ],
          now: kernel.clock.now(),
        });
        const made = (await listGrants(tx, { tenantId, contactIds })).find((grant) => grant.id === id);
        const [shown] = await reply(tx, tenantId, [made as Grant]);
        return shown as api.ConsentGrant;
      }),
    ),
    route(api.withdrawConsents, ({ actor, params, body }) =>
      inTenant(actor, async (tx) => ({
        withdrawn: await withdrawConsent(tx, {
          ...body,
          tenantId: actor.tenantId,
          contactIds: await existing(tx, actor, params.id),
          how: "staff",
          now: kernel.clock.now(),
        }),
      })),
    ),
    route(api.importConsents, ({ actor, body }) =>
      inTenant(actor, (tx) =>
        importConsents(tx, {
          tenantId: actor.tenantId,
          csv: body.csv,
          purposes: purposes.filter(isConsent).map(({ id }) => id),
          now: kernel.clock.now(),
        }),
      ),
    ),
    ...agreementRoutes(kernel),
  ];
}

const isConsent = ({ legalBasis }: Purpose): boolean => legalBasis === "consent";

/** A consent for what needs none, or for what nobody declared, would prove nothing. */
function checkPurpose(purposes: readonly Purpose[], wanted: string): void {
  if (!purposes.some((purpose) => purpose.id === wanted && isConsent(purpose)))
    throw new AppError("bad_request", undefined, [
      { path: "purpose", message: "no declared purpose that rests on consent" },
    ]);
}

async function checkChannel(tx: Tx, tenantId: number, id: number): Promise<void> {
  const channel = await tx
    .selectFrom("kernel.channel")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("kind", "<>", "phone")
    .executeTakeFirst();
  if (!channel)
    throw new AppError("bad_request", undefined, [{ path: "channelId", message: "no such channel" }]);
}

/** The person's contacts, the root first. @throws AppError not_found */
async function existing(tx: Tx, actor: Actor, id: number): Promise<number[]> {
  const contact = await readContact(tx, actor.tenantId, id);
  return personOf(tx, actor.tenantId, contact.id);
}

function agreementRoutes(kernel: Kernel): AnyRoute[] {
  const reply = (agreement: Agreement) => ({
    ...agreement,
    proposedAt: new Date(agreement.proposedAt).toISOString(),
    agreedAt: iso(agreement.agreedAt),
    expiresAt: new Date(agreement.expiresAt).toISOString(),
    revokedAt: iso(agreement.revokedAt),
  });
  const one = async (tx: Tx, tenantId: number, id: number) => {
    const found = (await listAgreements(tx, tenantId)).find((agreement) => agreement.id === id);
    if (!found) throw new AppError("not_found");
    return reply(found);
  };
  return [
    route(api.listAgreements, ({ actor: { tenantId } }) =>
      kernel.db.tenant(tenantId, async (tx) => ({ items: (await listAgreements(tx, tenantId)).map(reply) })),
    ),
    route(api.proposeAgreement, ({ actor: { tenantId }, body }) =>
      kernel.db.tenant(tenantId, async (tx) => {
        if (!kernel.registry.tenant(body.withTenantId))
          throw new AppError("bad_request", undefined, [
            { path: "withTenantId", message: "no such company on this node" },
          ]);
        const id = await proposeAgreement(tx, {
          ...body,
          tenantId,
          expiresAt: Date.parse(body.expiresAt),
          now: kernel.clock.now(),
        });
        return one(tx, tenantId, id);
      }),
    ),
    route(api.acceptAgreement, ({ actor: { tenantId }, params }) =>
      kernel.db.tenant(tenantId, async (tx) => {
        await agree(tx, { tenantId, id: params.id, now: kernel.clock.now() });
        return one(tx, tenantId, params.id);
      }),
    ),
    route(api.revokeAgreement, async ({ actor: { tenantId }, params }) => {
      await kernel.db.tenant(tenantId, (tx) =>
        revokeAgreement(tx, { tenantId, id: params.id, now: kernel.clock.now() }),
      );
      return { ok: true as const };
    }),
  ];
}
