import type { ConsentGrant, ReplyOf } from "#kernel/api";
import type {
  Counts,
  countRecipients,
  listNoticeTemplates,
  Notice,
  NoticeSettings,
  NoticeTopic,
  previewNotice,
  Source,
  SourceItemView,
  Subscription,
} from "../../../skills/notices/api.ts";

/** What the fake node knows of notices and consents. */
export interface ToldWorld {
  topics: NoticeTopic[];
  notices: Notice[];
  templates: ReplyOf<typeof listNoticeTemplates>["items"];
  settings: NoticeSettings;
  sources: Source[];
  items: (SourceItemView & { isLive: boolean; parts: number; seenAt: string })[];
  subscriptions: Subscription[];
  grants: ConsentGrant[];
  /** By notice id. */
  counts: Map<number, Counts>;
  recipients: ReplyOf<typeof countRecipients>;
  preview: ReplyOf<typeof previewNotice>["items"];
}
