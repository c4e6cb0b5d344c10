import { type Content, queueNotices, translate } from "#kernel";
import { isWindowOpen } from "../rules/decide.ts";
import { catalogue } from "../rules/describe.ts";
import { digestText, type NoticeWords, templateContent, textFor } from "../rules/message.ts";
import { type Claimed, claim } from "./claim.ts";
import { CHUNK, type Company, settle } from "./feed.ts";
import type { NoticeRow } from "./notices.ts";
import type { NoticesTx } from "./tx.ts";
import { wordsOf } from "./words.ts";

/** One person's notices of a day on one channel, under one grant. */
interface Digest {
  rows: Claimed[];
  notices: NoticeRow[];
}

/**
 * Sends the digests that are due: everything that waits for one person under one grant is one message.
 * @param notices those that are being sent now; what belongs to another one is dropped
 * @returns how many deliveries were looked at
 */
export async function feedDigests(
  tx: NoticesTx,
  company: Company,
  notices: readonly NoticeRow[],
): Promise<number> {
  const { tenantId, now, house } = company;
  const claimed = await claim(tx, tenantId, { digests: true, limit: CHUNK }, now);
  const digests = gather(claimed, notices, now);
  const made = digests.map((digest) => ({ digest, ...wordDigest(digest, company) }));
  const ready = made.flatMap((one) => ("content" in one ? [one] : []));
  const fates = await queueNotices(house, tx, {
    tenantId,
    notices: ready.map(({ digest, content }) => ({
      reference: referenceOf(digest),
      grantId: first(digest).grantId,
      content,
      expiresAt: Math.max(...digest.notices.map((notice) => notice.expires_at?.getTime() ?? now + 1)),
      priority: 6,
    })),
    now,
  });
  const done = new Set(digests.flatMap((digest) => digest.rows));
  const sends = ready.flatMap(({ digest, isTemplate }) =>
    digest.rows.map((due) => ({ due, decision: { isTemplate } })),
  );
  const fateOfRow = ready.flatMap(({ digest }, n) => digest.rows.map(() => fates[n]));
  await settle(tx, company, {
    judged: [
      ...claimed
        .filter((due) => !done.has(due))
        .map((due) => ({
          claimed: due,
          decision: { do: "drop", reason: due.isOff ? "unsubscribed" : "expired" } as const,
        })),
      ...made.flatMap((one) =>
        "fault" in one
          ? one.digest.rows.map((due) => ({
              claimed: due,
              decision: { do: "elsewhere", reason: one.fault } as const,
            }))
          : [],
      ),
    ],
    sends,
    fates: fateOfRow.flatMap((fate) => (fate ? [fate] : [])),
    title: translate(catalogue, { language: company.profile.language, form: "sie" }, "digest"),
  });
  return claimed.length;
}

const first = (digest: Digest): Claimed => digest.rows[0] as Claimed;

function referenceOf(digest: Digest): string {
  const due = first(digest);
  return `notices.digest.${due.rootId}.${due.channelId}.${digest.notices.map((notice) => notice.id).join("-")}`.slice(
    0,
    300,
  );
}

function gather(claimed: readonly Claimed[], notices: readonly NoticeRow[], now: number): Digest[] {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const digests = new Map<number, Digest>();
  for (const due of claimed) {
    const notice = byId.get(due.noticeId);
    const isUseless = !notice || (notice.expires_at?.getTime() ?? now) <= now;
    if (isUseless || due.isOff || due.isDouble) continue;
    const digest = digests.get(due.grantId) ?? { rows: [], notices: [] };
    digest.rows.push(due);
    digest.notices.push(notice);
    digests.set(due.grantId, digest);
  }
  return [...digests.values()];
}

function wordDigest(
  digest: Digest,
  company: Company,
): { content: Content; isTemplate: boolean } | { fault: string } {
  const { house, profile, templates, now } = company;
  const due = first(digest);
  const limits = house.limitsOf(due.channelKind);
  if (!limits) return { fault: "channel_off" };
  const { language, channelKind } = due;
  const heading = translate(catalogue, { language, form: profile.formOfAddress }, "digestHeading", {
    company: profile.name,
  });
  const parts = digest.notices.map((notice) => {
    const words = wordsOf(notice, profile);
    return { title: words.title, text: textFor(words, language, channelKind)?.text ?? "", link: words.link };
  });
  const text = digestText(heading, parts, limits.textMax);
  if (isWindowOpen(limits.windowMs, due.lastCustomerAt, now))
    return { content: { type: "text", text }, isTemplate: false };
  const [notice] = digest.notices as [NoticeRow];
  const words: NoticeWords = {
    ...wordsOf(notice, profile),
    title: heading,
    texts: { de: text, en: text },
    channelTexts: [],
  };
  const worded = templateContent(words, templates, {
    language,
    channelKind,
    kind: notice.topic_kind,
    chosen: { de: null, en: null },
  });
  return "fault" in worded ? { fault: worded.fault } : { content: worded.content, isTemplate: true };
}
