import type { ColumnType, Generated } from "kysely";
import type { House, Tx } from "#kernel";
import type { ArchiveCounts } from "../rules/intake/index.ts";
import type { ServiceTables } from "../tables.ts";

/** Row types of migrations/005_intake.sql. */

type Time = ColumnType<Date, Date, Date>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
export type IntakeState = "receiving" | "waiting" | "reading" | "grouping" | "ready" | "failed";
export type IntakeCounts = ArchiveCounts & { readonly alone: number; readonly own: string };

/** What accepting a proposal did. */
export interface Added {
  readonly topicId: number;
  /** The topic is new; otherwise these examples were added to one that stood. */
  readonly made: boolean;
  readonly examples: readonly number[];
}

export interface IntakeTables extends ServiceTables {
  "service.intake": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    url: string | null;
    own: string;
    state: IntakeState;
    bytes: number;
    done: Generated<number>;
    counts: NullableJson<IntakeCounts>;
    fault: string | null;
    created_at: Time;
    expires_at: Time;
  };
  "service.intake_part": { tenant_id: number; intake_id: number; place: number; bytes: Buffer };
  "service.proposed_topic": {
    tenant_id: number;
    id: Generated<number>;
    intake_id: number;
    title: string;
    language: "de" | "en";
    asked: number;
    examples: ColumnType<readonly string[], string, string>;
    answer: string | null;
    answers: number;
    alike: number;
    state: Generated<"open" | "accepted" | "dropped" | "merged">;
    merged_into: number | null;
    added: NullableJson<Added>;
    decided_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  };
}

export type IntakeTx = Tx<IntakeTables>;

/** One transaction that sees one company's intakes. */
export function inIntakes<T>(house: House, tenantId: number, work: (tx: IntakeTx) => Promise<T>): Promise<T> {
  return house.db.tenant<T, IntakeTables>(tenantId, work);
}
