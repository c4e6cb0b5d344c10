import type { ReplyOf } from "#kernel/api";
import type { knowledgeHealth } from "../../../../skills/service/api.ts";

export type HealthReport = NonNullable<ReplyOf<typeof knowledgeHealth>["report"]>;
