import type { ColumnType, Generated } from "kysely";
import type { Assumptions } from "./api.ts";
import type { WeekCounts } from "./rules/figures.ts";

/** Row types of schema week, see migrations/001_week.sql. */

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date, Date>;
/** Written and compared as "2026-11-16"; read it with to_char. */
type Day = ColumnType<Date, string, string>;

export interface WeekTables {
  "week.summary": {
    tenant_id: number;
    monday: Day;
    counts: Json<WeekCounts>;
    is_final: boolean;
    counted_at: Time;
  };
  "week.cost": {
    tenant_id: number;
    assumptions: Json<Assumptions>;
    revision: Generated<number>;
    changed_at: Time;
  };
  "week.reader": { tenant_id: number; user_id: string; language: "de" | "en" };
  "week.mail": { tenant_id: number; monday: Day; user_id: string; state: "sending" | "sent"; at: Time };
}
