import type { House } from "#kernel";
import { refsOf, withNames } from "../../rules/feeds/gtfs-names.ts";
import type { SourceRead } from "../../rules/feeds/item.ts";
import { type Lead, noticeOf, type StoryNotice } from "../../rules/feeds/notice-of-story.ts";
import { STORY_RULES, tellStories } from "../../rules/feeds/stories.ts";
import { knownItems, writeItems } from "../../store/source-items.ts";
import { namesOf } from "../../store/source-names.ts";
import type { SourceRow } from "../../store/source-tables.ts";
import type { NoticesTx } from "../../store/tx.ts";

/**
 * Called with the parts of stories that a reading brought, in the transaction that remembers them: taken with it or
 * not at all. The same `reference` may come again after a crash and is taken once.
 * @returns ids of the notices that began
 */
export type TakeStories = (
  tx: NoticesTx,
  parts: { tenantId: number; notices: readonly StoryNotice[]; now: number },
) => Promise<readonly number[]>;

/** What turns a reading into notices. */
export interface Teller {
  readonly take: TakeStories;
  /** The first recipients of a notice that began, called after the commit. */
  begin(tenantId: number, noticeId: number): Promise<void>;
  readonly lead: Lead;
}

/** What a reading became. */
export interface Taken {
  /** Parts of stories that became notices or drafts. */
  readonly stories: number;
  /** Ids of the notices that began. */
  readonly begun: readonly number[];
}

export const NOTHING_TAKEN: Taken = { stories: 0, begun: [] };

/** So many at once are no news but a fault of the feed: somebody looks at them first. */
export const AUTOMATIC_MOST = 50;
/** Of one reading; the others are known and not told. */
const STORIES_MOST = 200;

/**
 * Remembers a reading and hands on what is new.
 * @param source its row, locked
 * @param read null = unchanged since the last one
 */
export async function takeReading(
  tx: NoticesTx,
  source: SourceRow,
  read: SourceRead | null,
  parts: { tenantId: number; now: number; language: "de" | "en"; teller: Teller },
): Promise<Taken> {
  const { tenantId, now, language, teller } = parts;
  const place = { tenantId, id: source.id };
  const named = read && (await nameItems(tx, place, read));
  const isFirst = source.succeeded_at === null;
  const telling = tellStories(await knownItems(tx, place), named, {
    rules: STORY_RULES[source.kind],
    now,
    isFirst,
  });
  const seen = named?.items.map(({ id }) => id) ?? [];
  await writeItems(tx, place, { items: telling.items, renamed: telling.renamed, seen, now });
  if (telling.stories.length === 0 || source.topic_ended) return NOTHING_TAKEN;
  const bound = Object.entries(source.mapping);
  const known = bound.filter(([parameter]) => source.topic_keys.includes(parameter));
  const aim = {
    id: source.id,
    topicId: source.topic_id,
    mapping: Object.fromEntries(known),
    // A topic that lost a parameter would tell everybody what concerned few.
    isAutomatic:
      source.is_automatic && telling.stories.length <= AUTOMATIC_MOST && known.length === bound.length,
  };
  const notices = telling.stories
    .slice(0, STORIES_MOST)
    .map((story) => noticeOf(story, aim, { lead: teller.lead, language }));
  return { stories: notices.length, begun: await teller.take(tx, { tenantId, notices, now }) };
}

/** Of one reading; the others follow with the feeder's next look, which also does what fails here. */
const BEGUN_AT_ONCE = 3;

/** After the commit: the first recipients hear it before the feeder's timer comes. */
export async function beginTaken(
  house: House,
  teller: Teller,
  { tenantId, begun }: { tenantId: number; begun: readonly number[] },
): Promise<void> {
  for (const id of begun.slice(0, BEGUN_AT_ONCE)) {
    await teller.begin(tenantId, id).catch((error: Error) => {
      house.log.warn({ tenant: tenantId, notice: id, error: error.message }, "source: left to the feeder");
    });
  }
}

async function nameItems(
  tx: NoticesTx,
  place: { tenantId: number; id: number },
  read: SourceRead,
): Promise<SourceRead> {
  const book = await namesOf(tx, place, refsOf(read.items));
  return { ...read, items: read.items.map((item) => withNames(item, book)) };
}
