import type { ColumnType, Generated } from "kysely";
import type { Kind, LookupRecord, Shown } from "./api/record.ts";

/** Row types of schema lookup, see migrations/001_lookup.sql. */

type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;

export interface ConnectionSettings {
  /** How the company's numbers begin, such as HK-; it may be left out by customers. */
  readonly prefix: string;
  readonly kinds: readonly Kind[];
}

/** How a file was read. */
export interface FileState {
  readonly writtenAt: string;
  readonly rows: number;
  readonly skipped: number;
  readonly faults: readonly { line: number; code: string }[];
}

export interface LookupTables {
  "lookup.connection": {
    tenant_id: number;
    id: Generated<number>;
    kind: "woocommerce" | "shopware" | "shopify" | "csv" | "service";
    name: string;
    address: string;
    settings: Json<ConnectionSettings>;
    token: string;
    active: Generated<boolean>;
    created_at: Time;
    failures: Generated<number>;
    open_until: NullableTime;
    fault: Generated<string>;
    fault_at: NullableTime;
    ok_at: NullableTime;
    file: NullableJson<FileState>;
  };
  "lookup.file_row": {
    tenant_id: number;
    connection_id: number;
    n: number;
    kind: Kind;
    key: string;
    data: Json<LookupRecord>;
  };
  "lookup.attempt": { tenant_id: number; scope: string; key: Buffer; opened_at: Time; used: number };
  "lookup.code": {
    tenant_id: number;
    conversation_id: number;
    kind: Kind;
    reference: string;
    hash: Buffer;
    /** A mailbox, or a telephone's digits; "" where the code went nowhere. */
    address: string;
    attempts: Generated<number>;
    expires_at: Time;
  };
  "lookup.proof": {
    tenant_id: number;
    id: Generated<number>;
    conversation_id: number;
    contact_id: number;
    kind: Kind;
    number: string;
    reference: string;
    proof: "channel" | "postcode" | "name" | "code";
    shown: Json<Shown>;
    connection_name: string;
    connection_id: number;
    evidence: Buffer | null;
    proven_at: Time;
    expires_at: Time;
  };
}
