import type { ColumnType, Generated } from "kysely";
import type { Place } from "./engine/index.ts";
import type { ImportReport } from "./places/gather.ts";
import type { Extent } from "./travel/cells.ts";
import type { Matrix } from "./travel/travel-times.ts";

/** Row types of schema delivery, see migrations/001_delivery.sql. Times are Dates here and ms everywhere else. */

type Time = ColumnType<Date, Date, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;

export type DeliveryState =
  | "held"
  | "booked"
  | "loaded"
  | "under_way"
  | "done"
  | "failed"
  | "cancelled"
  | "expired";

export type ShiftState = "planned" | "accepted" | "out" | "done" | "dropped";

export type Vehicle = "foot" | "bicycle" | "cargo_bike" | "car" | "van";

/** GeoJSON, [longitude, latitude]: the border, then holes. */
export interface Polygon {
  readonly type: "Polygon";
  readonly coordinates: readonly (readonly (readonly [number, number])[])[];
}

export interface DeliveryTables {
  "delivery.city": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    time_zone: string;
    latitude: number;
    longitude: number;
    radius_m: Generated<number>;
    circuity_percent: Generated<number>;
    speed_kmh: Generated<number>;
    leg_s: Generated<number>;
    buffer_s: Generated<number>;
    hold_s: Generated<number>;
    service_s: Generated<number>;
    currency: Generated<string>;
    active: Generated<boolean>;
    created_at: Time;
  };
  "delivery.depot": {
    tenant_id: number;
    id: Generated<number>;
    city_id: number;
    name: string;
    latitude: number;
    longitude: number;
  };
  "delivery.zone": {
    tenant_id: number;
    id: Generated<number>;
    city_id: number;
    name: string;
    polygon: ColumnType<Polygon, string, string>;
    buffer_s: Generated<number>;
    price_minor: Generated<number>;
  };
  "delivery.window_rule": {
    tenant_id: number;
    id: Generated<number>;
    city_id: number;
    weekdays: number[];
    from_minute: number;
    to_minute: number;
    cutoff_minutes: Generated<number>;
    price_minor: Generated<number>;
  };
  "delivery.courier": {
    tenant_id: number;
    id: Generated<number>;
    name: string;
    phone: Generated<string>;
    vehicle: Generated<Vehicle>;
    capacity: Generated<number>;
    skills: Generated<number>;
    contact_id: number | null;
    active: Generated<boolean>;
    created_at: Time;
    left_at: NullableTime;
  };
  "delivery.evening": {
    tenant_id: number;
    id: Generated<number>;
    city_id: number;
    /** Select it as text: the driver would make a Date of the server's zone of it. */
    service_date: ColumnType<unknown, string, string>;
    version: Generated<number>;
    state: Generated<"planned" | "running" | "over">;
    circuity_percent: number;
    speed_kmh: number;
    leg_s: number;
    improved_version: Generated<number>;
    created_at: Time;
    /** Of delivery.travel_table; null = by distance alone. */
    travel_version: Generated<number | null>;
  };
  "delivery.shift": {
    tenant_id: number;
    id: Generated<number>;
    evening_id: number;
    courier_id: number | null;
    start_depot_id: number;
    end_depot_id: number;
    earliest_at: Time;
    latest_at: Time;
    capacity: number;
    skills: Generated<number>;
    state: Generated<ShiftState>;
    route: Generated<number[]>;
    frozen: Generated<number>;
  };
  "delivery.delivery": {
    tenant_id: number;
    id: Generated<number>;
    sender_tenant_id: number | null;
    sender_ref: Generated<string>;
    contact_id: number | null;
    conversation_id: number | null;
    evening_id: number;
    earliest_at: Time;
    latest_at: Time;
    due_at: Time;
    latitude: number;
    longitude: number;
    address: Generated<string>;
    door_note: Generated<string>;
    service_s: number;
    demand: number;
    skills: Generated<number>;
    state: DeliveryState;
    hold_until: NullableTime;
    shift_id: number | null;
    price_minor: number;
    currency: string;
    created_at: Time;
    changed_at: Time;
    arrived_at: NullableTime;
    ended_at: NullableTime;
    coarse_at: NullableTime;
  };
  "delivery.address_list": {
    tenant_id: number;
    city_id: number;
    revision: Generated<number>;
    source: string;
    attribution: Generated<string>;
    streets: number;
    houses: number;
    report: ColumnType<ImportReport, string, string>;
    imported_at: Time;
  };
  "delivery.street": {
    tenant_id: number;
    city_id: number;
    n: number;
    name: string;
    postcode: Generated<string>;
    locality: Generated<string>;
    district: Generated<string>;
    latitude: number;
    longitude: number;
    radius_m: number;
    house_count: number;
    houses: Buffer;
  };
  "delivery.travel_table": {
    tenant_id: number;
    city_id: number;
    version: number;
    extent: ColumnType<Extent, string, string>;
    lines: ColumnType<readonly (readonly Place[])[], string, string>;
    leg_s: number;
    maker: Matrix["from"];
    pairs: Buffer;
    made_at: Time;
  };
  "delivery.action": {
    tenant_id: number;
    key: string;
    kind: "hold" | "book" | "change" | "cancel";
    delivery_id: number;
    at: Time;
  };
}
