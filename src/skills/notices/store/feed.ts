import {
  type House,
  localDate,
  type NoticeFate,
  queueNotices,
  recordDecisions,
  type TenantProfile,
} from "#kernel";
import type { NoticeSettings } from "../api.ts";
import type { Vetoes } from "../ports.ts";
import { type Decision, decide, type Sending } from "../rules/decide.ts";
import type { Template } from "../rules/message.ts";
import { explainVeto, judgeVeto, type Objection, VETO_RULE, type VetoInputs } from "../rules/veto.ts";
import { type Claimed, claim, portfolioUse } from "./claim.ts";
import type { NoticeRow } from "./notices.ts";
import { fallBack, markDropped, markQueued, nameConversations, postpone } from "./settle.ts";
import type { NoticesTx } from "./tx.ts";
import { wordsOf } from "./words.ts";

/** What a chunk needs to know about the company. */
export interface Company {
  house: House;
  tenantId: number;
  profile: TenantProfile;
  settings: NoticeSettings;
  templates: readonly Template[];
  vetoes: Vetoes | null;
  now: number;
}

/** queueNotices takes as many. */
export const CHUNK = 500;

interface Judged {
  claimed: Claimed;
  decision: Decision;
}

/**
 * Moves one chunk of a notice into the outbox, or decides otherwise about it; everything in the caller's transaction,
 * so that a kill leaves either both or neither.
 * @returns how many deliveries were looked at
 */
export async function feedChunk(
  tx: NoticesTx,
  company: Company,
  one: { notice: NoticeRow; channelId: number; limit: number },
): Promise<number> {
  const { tenantId, now } = company;
  const wanted = { noticeId: one.notice.id, channelId: one.channelId, limit: Math.min(one.limit, CHUNK) };
  const claimed = await claim(tx, tenantId, wanted, now);
  if (claimed.length === 0) return 0;
  const judged = await judge(tx, company, one.notice, claimed);
  const sends = judged.flatMap(({ claimed: due, decision }) =>
    decision.do === "send" ? [{ due, decision }] : [],
  );
  const fates = await queueNotices(company.house, tx, {
    tenantId,
    notices: sends.map(({ due, decision }) => ({
      reference: referenceOf(due),
      grantId: due.grantId,
      content: decision.content,
      expiresAt: sendingOf(one.notice, company).expiresAt,
      priority: one.notice.topic_urgent ? 5 : 6,
    })),
    now,
  });
  await settle(tx, company, { judged, sends, fates, title: one.notice.title });
  return claimed.length;
}

/** Once a person and channel: a fallback is another message. */
export function referenceOf(due: { noticeId: number; rootId: number; channelId: number }): string {
  return `notices.${due.noticeId}.${due.rootId}.${due.channelId}`;
}

export function sendingOf(notice: NoticeRow, { profile, now }: Pick<Company, "profile" | "now">): Sending {
  return {
    words: wordsOf(notice, profile),
    kind: notice.topic_kind,
    isCapped: !notice.topic_urgent && notice.phase === "alert",
    chosen: notice.body.templates,
    expiresAt: notice.expires_at?.getTime() ?? now + 1,
  };
}

async function judge(
  tx: NoticesTx,
  company: Company,
  notice: NoticeRow,
  claimed: readonly Claimed[],
): Promise<Judged[]> {
  const { house, tenantId, settings, now } = company;
  const limits = house.limitsOf(claimed[0]?.channelKind ?? "");
  const most = limits?.windowMs == null ? null : settings.portfolioPerDay;
  const portfolio = most === null ? null : await portfolioUse(tx, tenantId, { most, now });
  const vetoes = await askAdvocate(company, notice, claimed);
  const sending = sendingOf(notice, company);
  const seen = new Set<number>();
  let room = portfolio?.room ?? 0;
  const judged = claimed.map((due): Judged => {
    const isDouble = due.isDouble || seen.has(due.rootId);
    seen.add(due.rootId);
    const decision = decide({ ...due, isDouble }, sending, {
      limits,
      templates: company.templates,
      capPerDay: settings.capPerDay,
      portfolio: portfolio && { room, nextAt: portfolio.nextAt },
      vetoes,
      now,
    });
    if (decision.do === "send" && decision.isTemplate) room -= 1;
    return { claimed: due, decision };
  });
  await keepVetoes(tx, company, { notice, judged, vetoes });
  return judged;
}

/** Each is a decision about a person that nobody looked at. */
async function keepVetoes(
  tx: NoticesTx,
  { tenantId, profile, now }: Company,
  parts: {
    notice: NoticeRow;
    judged: readonly Judged[];
    vetoes: ReadonlyMap<number, Objection>;
  },
): Promise<void> {
  const { notice, judged, vetoes } = parts;
  const today = localDate(now, profile.timeZone);
  const decisions = judged.flatMap(({ claimed: { contactId, rootId }, decision }) => {
    const objection = vetoes.get(rootId);
    if (decision.do !== "drop" || decision.reason !== "vetoed" || !objection) return [];
    return {
      tenantId,
      contactId,
      purpose: "notices.promotion",
      rule: VETO_RULE,
      inputs: { ...inputsOf(notice, objection, today) },
      outcome: "vetoed",
      explanation: explainVeto(notice.title, objection),
      now,
    };
  });
  await recordDecisions(tx, decisions);
}

function inputsOf(notice: NoticeRow, objection: Objection, today: string): VetoInputs {
  const { rule, until, subjects } = objection;
  return { today, notice: notice.id, objection: { rule, until, subjects: [...subjects] } };
}

/** An advocate's warning about the same thing stops advertising; nothing else does it stop. */
async function askAdvocate(
  { vetoes, house, tenantId, profile, now }: Company,
  notice: NoticeRow,
  claimed: readonly Claimed[],
): Promise<ReadonlyMap<number, Objection>> {
  if (!vetoes || notice.topic_kind !== "promotion") return new Map();
  const contactIds = [...new Set(claimed.flatMap((due) => [due.contactId, due.rootId]))];
  const found = await vetoes.vetoed(house, { tenantId, contactIds, about: notice.body.about, now });
  const today = localDate(now, profile.timeZone);
  return new Map(
    claimed.flatMap((due) => {
      const objection = found.get(due.contactId) ?? found.get(due.rootId);
      if (!objection || judgeVeto(inputsOf(notice, objection, today)) === "sent") return [];
      return [[due.rootId, objection] as const];
    }),
  );
}

/** Refusals after which another channel may carry it; all others are the person's own no, or too late. */
const ELSEWHERE = new Set<string>(["window_closed", "channel_off", "no_address", "no_grant"]);

export async function settle(
  tx: NoticesTx,
  company: Pick<Company, "tenantId" | "now">,
  done: {
    judged: readonly Judged[];
    sends: readonly { due: Claimed; decision: { isTemplate: boolean } }[];
    fates: readonly NoticeFate[];
    title: string;
  },
): Promise<void> {
  const { tenantId, now } = company;
  const dropped: { noticeId: number; personId: number; reason: string }[] = [];
  const elsewhere: typeof dropped = [];
  const waits: { noticeId: number; personId: number; dueAt: number }[] = [];
  for (const { claimed: due, decision } of done.judged) {
    const { noticeId, personId } = due;
    if (decision.do === "wait") waits.push({ noticeId, personId, dueAt: decision.until });
    else if (decision.do === "drop") dropped.push({ noticeId, personId, reason: decision.reason });
    else if (decision.do === "elsewhere") elsewhere.push({ noticeId, personId, reason: decision.reason });
  }
  const queued = done.sends.flatMap(({ due, decision }, n) => {
    const fate = done.fates[n];
    const { noticeId, personId, rootId } = due;
    if (fate?.queued)
      return [
        {
          noticeId,
          personId,
          rootId,
          isTemplate: decision.isTemplate,
          conversationId: fate.conversationId,
          messageId: fate.messageId,
        },
      ];
    const reason = fate && !fate.queued ? fate.reason : "no_grant";
    (ELSEWHERE.has(reason) ? elsewhere : dropped).push({ noticeId, personId, reason });
    return [];
  });
  await markQueued(tx, tenantId, queued, now);
  await nameConversations(
    tx,
    tenantId,
    queued.map(({ conversationId }) => ({ conversationId, title: done.title })),
  );
  await postpone(tx, tenantId, waits);
  await markDropped(tx, tenantId, dropped);
  await fallBack(tx, tenantId, elsewhere, { otherwise: "drop", now });
}
