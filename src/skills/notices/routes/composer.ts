import { type AnyRoute, type House, type Language, queueNotices, route } from "#kernel";
import { countRecipients as countContract, previewNotice, testNotice } from "../api.ts";
import { isWindowOpen } from "../rules/decide.ts";
import { freeContent, type Template, templateContent, type Worded } from "../rules/message.ts";
import { type NoticeRow, readNotice } from "../store/notices.ts";
import { activeChannels, countRecipients, grantOf } from "../store/recipients.ts";
import { purposeOf } from "../store/subscriptions.ts";
import { templatesFor } from "../store/templates.ts";
import { inTenant } from "../store/tx.ts";
import { wordsOf } from "../store/words.ts";

/** What the composer shows before anything leaves. */

const USUAL_TEXT_MAX = 4096;

interface Shown {
  house: House;
  notice: NoticeRow;
  zone: { timeZone: string };
  templates: readonly Template[];
}

function worded(
  { house, notice, zone, templates }: Shown,
  to: { kind: string; language: Language; inWindow: boolean },
): Worded {
  const words = wordsOf(notice, zone);
  const { kind: channelKind, language } = to;
  if (to.inWindow)
    return freeContent(words, {
      language,
      channelKind,
      textMax: house.limitsOf(channelKind)?.textMax ?? USUAL_TEXT_MAX,
    });
  return templateContent(words, templates, {
    language,
    channelKind,
    kind: notice.topic_kind,
    chosen: notice.body.templates,
  });
}

export function composerRoutes(house: House): readonly AnyRoute[] {
  return [
    route(previewNotice, async ({ actor: { tenantId }, params }) => {
      const zone = await house.profile(tenantId);
      return inTenant(house, tenantId, async (tx) => {
        const notice = await readNotice(tx, tenantId, params.id);
        const parts = { house, notice, zone, templates: await templatesFor(tx, tenantId, "notice") };
        const channels = await activeChannels(tx, tenantId);
        const items = channels.flatMap(({ perSecond: _, ...channel }) => {
          const isWindowed = (house.limitsOf(channel.kind)?.windowMs ?? null) !== null;
          return (["de", "en"] as const).flatMap((language) =>
            (isWindowed ? [true, false] : [true]).map((inWindow) => {
              const found = worded(parts, { kind: channel.kind, language, inWindow });
              const content = "content" in found ? found.content : null;
              return {
                channel,
                language,
                inWindow,
                text: content && "text" in content ? (content.text ?? "") : "",
                template: content?.type === "template" ? content.name : null,
                fault: "fault" in found ? found.fault : null,
              };
            }),
          );
        });
        return { items };
      });
    }),
    route(countContract, async ({ actor: { tenantId }, params }) => {
      const zone = await house.profile(tenantId);
      return inTenant(house, tenantId, async (tx) => {
        const notice = await readNotice(tx, tenantId, params.id);
        const parts = { house, notice, zone, templates: await templatesFor(tx, tenantId, "notice") };
        const groups = await countRecipients(house, tx, { ...notice, tenantId, now: house.clock.now() });
        const rates = new Map((await activeChannels(tx, tenantId)).map((one) => [one.id, one.perSecond]));
        const items = groups.map(({ inWindow, ...group }) => ({
          ...group,
          costClass: costOf(parts, { ...group.channel, language: group.language, inWindow }),
        }));
        return {
          persons: items.reduce((sum, item) => sum + item.persons, 0),
          items,
          seconds: slowest(house, items, rates),
        };
      });
    }),
    testRoute(house),
  ];
}

function costOf(parts: Shown, to: { kind: string; language: Language; inWindow: boolean }) {
  const found = worded(parts, to);
  if ("fault" in found) return "blocked" as const;
  if ((parts.house.limitsOf(to.kind)?.windowMs ?? null) === null) return "free" as const;
  if (found.templateId === null) return "window" as const;
  return parts.notice.topic_kind === "service" ? ("utility" as const) : ("marketing" as const);
}

/** Channels send side by side: the one that takes longest counts. */
function slowest(
  house: House,
  items: readonly { channel: { id: number; kind: string }; costClass: string; persons: number }[],
  rates: ReadonlyMap<number, number | null>,
): number {
  const byChannel = new Map<number, number>();
  for (const { channel, costClass, persons } of items) {
    if (costClass === "blocked") continue;
    const rate = rates.get(channel.id) ?? house.limitsOf(channel.kind)?.perAccountPerSecond ?? 1;
    byChannel.set(channel.id, (byChannel.get(channel.id) ?? 0) + persons / rate);
  }
  return Math.ceil(Math.max(0, ...byChannel.values()));
}

/** The same words by the same way, to one contact who has agreed to this topic. */
function testRoute(house: House): AnyRoute {
  return route(testNotice, async ({ actor: { tenantId }, params, body }) => {
    const zone = await house.profile(tenantId);
    return inTenant(house, tenantId, async (tx) => {
      const notice = await readNotice(tx, tenantId, params.id);
      const grant = await grantOf(tx, tenantId, {
        contactId: body.contactId,
        purpose: purposeOf(notice.topic_kind),
        topic: notice.topic_slug,
      });
      if (!grant) return { queued: false, reason: "no_grant", conversationId: null };
      const now = house.clock.now();
      const inWindow = isWindowOpen(house.limitsOf(grant.kind)?.windowMs ?? null, grant.lastCustomerAt, now);
      const parts = { house, notice, zone, templates: await templatesFor(tx, tenantId, "notice") };
      const found = worded(parts, { kind: grant.kind, language: grant.language, inWindow });
      if ("fault" in found) return { queued: false, reason: found.fault, conversationId: null };
      const [fate] = await queueNotices(house, tx, {
        tenantId,
        notices: [
          {
            reference: `notices.test.${notice.id}.${body.contactId}.${now}`,
            grantId: grant.id,
            content: found.content,
            expiresAt: null,
          },
        ],
        now,
      });
      return fate?.queued
        ? { queued: true, reason: null, conversationId: fate.conversationId }
        : { queued: false, reason: fate?.reason ?? "no_grant", conversationId: null };
    });
  });
}
