/** The public contracts of notices as types: the page must not bundle zod. */
import type { BodyOf, ReplyOf } from "#kernel/api";
import type {
  CatalogueTopic,
  confirmSubscription,
  publicTopics,
  subscribeByForm,
  subscribeLink,
} from "../../../skills/notices/api.ts";

export type Topic = CatalogueTopic;
export type Catalogue = ReplyOf<typeof publicTopics>;
export type Ways = ReplyOf<typeof subscribeLink>;
export type FormBody = Partial<BodyOf<typeof subscribeByForm>> & { topic: string; email: string };
export type Confirmed = ReplyOf<typeof confirmSubscription>;
