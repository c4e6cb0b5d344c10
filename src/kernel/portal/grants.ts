import { sql } from "kysely";
import type { PortalGrant } from "../api/portal.ts";
import { type Grant, grantConsent, listGrants, withdrawConsent } from "../consent/grants.ts";
import { nameTopics } from "../consent/topic-names.ts";
import { AppError } from "../errors.ts";
import type { Language } from "../i18n/catalogue.ts";
import { purposesOf, titleOf, type Visit } from "./room.ts";

/** Every permission with its state: given, withdrawn, or never asked for. Giving and withdrawing take one call each. */

const HOW = "portal";

interface Place {
  id: number;
  kind: string;
  name: string;
  contactId: number;
}

export async function grantsOf(visit: Visit, language: Language): Promise<PortalGrant[]> {
  const channels = await channelsOf(visit);
  const latest = latestGrants(
    await listGrants(visit.tx, { tenantId: visit.link.tenantId, contactIds: visit.contactIds }),
  );
  const { tx, link } = visit;
  const names = visit.rooms.flatMap(({ topicNames }) => topicNames ?? []);
  const nameOf = await nameTopics(names, { tx, tenantId: link.tenantId }, latest);
  const given = latest.map((grant) => ({ ...viewOf(visit, grant, channels), topicName: nameOf(grant) }));
  const asked = new Set(latest.map(({ purpose }) => purpose));
  const here = channels.find(({ contactId }) => contactId === visit.link.contactId) ?? channels[0];
  const never = purposesOf(visit.rooms)
    .filter(({ id, legalBasis, byTopic }) => legalBasis === "consent" && !byTopic && !asked.has(id))
    .flatMap(({ id, text }) => (here ? [neverGiven(id, { text, language, here })] : []));
  return [...given, ...never];
}

/** One line for each purpose, topic and channel: the open grant, else the last one. */
function latestGrants(grants: readonly Grant[]): Grant[] {
  const byKey = new Map<string, Grant>();
  for (const grant of grants) {
    const key = `${grant.channelId} ${grant.purpose} ${grant.topic}`;
    const known = byKey.get(key);
    if (!known || (known.withdrawnAt !== null && grant.withdrawnAt === null)) byKey.set(key, grant);
  }
  return [...byKey.values()].sort(
    (a, b) =>
      a.purpose.localeCompare(b.purpose) || a.topic.localeCompare(b.topic) || a.channelId - b.channelId,
  );
}

function viewOf(
  { rooms, now }: Visit,
  grant: Grant,
  channels: readonly Place[],
): Omit<PortalGrant, "topicName"> {
  const channel = channels.find(({ id }) => id === grant.channelId);
  const isOn = grant.withdrawnAt === null && (grant.expiresAt === null || grant.expiresAt > now);
  return {
    purpose: grant.purpose,
    topic: grant.topic,
    channel: { id: grant.channelId, kind: channel?.kind ?? "", name: channel?.name ?? "" },
    title: titleOf(rooms, grant.purpose),
    isOn,
    grantedAt: timeOf(grant.grantedAt),
    withdrawnAt: grant.withdrawnAt === null ? null : timeOf(grant.withdrawnAt),
    expiresAt: grant.expiresAt === null ? null : timeOf(grant.expiresAt),
    wording: { language: grant.language, text: grant.text },
    how: grant.how,
  };
}

function neverGiven(
  purpose: string,
  parts: { text: { de: string; en: string }; language: Language; here: Place },
): PortalGrant {
  const { text, language, here } = parts;
  return {
    purpose,
    topic: "",
    topicName: null,
    channel: { id: here.id, kind: here.kind, name: here.name },
    title: { ...text },
    isOn: false,
    grantedAt: null,
    withdrawnAt: null,
    expiresAt: null,
    wording: { language, text: text[language] },
    how: null,
  };
}

/** The channels on which this person has spoken, and the ones a grant names. */
async function channelsOf({ tx, link, contactIds }: Visit): Promise<Place[]> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const { rows } = await sql<{ id: number; kind: string; name: string; contact_id: number }>`
    select distinct on (ch.id, k.contact_id) ch.id, ch.kind, ch.name, k.contact_id from kernel.channel ch join (
      select channel_id, contact_id from kernel.conversation where tenant_id = ${link.tenantId} and contact_id = any(${ids})
      union select channel_id, contact_id from kernel.consent_grant where tenant_id = ${link.tenantId} and contact_id = any(${ids})
    ) k on k.channel_id = ch.id where ch.tenant_id = ${link.tenantId} and ch.kind <> 'phone' order by ch.id, k.contact_id`.execute(
    tx,
  );
  return rows.map((row) => ({ id: row.id, kind: row.kind, name: row.name, contactId: row.contact_id }));
}

export interface Wish {
  purpose: string;
  topic: string;
  channelId: number;
  on: boolean;
  language: Language;
}

/**
 * Withdraws on every contact of the person; gives on the contact that spoke on this channel, in the exact words shown.
 * @throws AppError not_found for a purpose or channel that is not this person's
 */
export async function switchGrant(visit: Visit, wish: Wish): Promise<void> {
  const { tx, link, now, contactIds } = visit;
  const { tenantId } = link;
  const shown = (await grantsOf(visit, wish.language)).find(
    (grant) =>
      grant.purpose === wish.purpose && grant.topic === wish.topic && grant.channel.id === wish.channelId,
  );
  if (!shown) throw new AppError("not_found");
  const { purpose, topic, channelId } = wish;
  if (!wish.on) {
    await withdrawConsent(tx, { tenantId, contactIds, purpose, topic, channelId, how: HOW, now });
    return;
  }
  if (shown.isOn) return;
  const spoken = (await channelsOf(visit)).filter(({ id }) => id === channelId);
  const place = spoken.find(({ contactId }) => contactId === link.contactId) ?? spoken[0];
  if (!place) throw new AppError("not_found");
  // A grant that ran out still stands open: it ends first, so that the new one has its own beginning.
  await withdrawConsent(tx, { tenantId, contactIds, purpose, topic, channelId, how: "expired", now });
  await grantConsent(tx, {
    tenantId,
    now,
    grants: [
      {
        contactId: place.contactId,
        channelId,
        purpose,
        topic,
        language: shown.wording.language,
        text: shown.wording.text,
        how: "link",
        evidence: { page: "/me", conversationId: link.conversationId, linkFrom: timeOf(link.createdAt) },
        expiresAt: null,
      },
    ],
  });
}

/** @returns how many were open */
export function withdrawAll({ tx, link, contactIds, now }: Visit): Promise<number> {
  return withdrawConsent(tx, { tenantId: link.tenantId, contactIds, how: HOW, now });
}

const timeOf = (ms: number): string => new Date(ms).toISOString();
