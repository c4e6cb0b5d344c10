import type { Tx } from "#kernel";
import type { ServiceTables } from "../tables.ts";

export interface UnansweredRow {
  readonly conversation_id: number;
  readonly question_key: string;
  readonly question: string;
  readonly language: "de" | "en";
  readonly guess: string | null;
  readonly confidence: number | null;
  readonly asked_at: Date;
}

/** A place in the list; both parts order it. */
export interface UnansweredPlace {
  readonly at: number;
  readonly key: string;
}

/** Newest first, after a place. */
export async function listUnanswered(
  tx: Tx<ServiceTables>,
  tenantId: number,
  page: { after: UnansweredPlace | null; limit: number },
): Promise<UnansweredRow[]> {
  let query = tx
    .selectFrom("service.unanswered")
    .where("tenant_id", "=", tenantId)
    .select(["conversation_id", "question_key", "question", "language", "guess", "confidence", "asked_at"])
    .orderBy("asked_at", "desc")
    .orderBy("question_key", "desc")
    .limit(page.limit);
  const { after } = page;
  if (after)
    query = query.where((eb) =>
      eb(eb.refTuple("asked_at", "question_key"), "<", eb.tuple(new Date(after.at), after.key)),
    );
  return query.execute();
}
