import type { ColumnType, Generated } from "kysely";
import type { MapFeature } from "./api/map-layers.ts";
import type { PaceTally, Place } from "./engine/index.ts";
import type { ImportReport } from "./places/gather.ts";
import type { HourlySpeed } from "./rules/hourly-speeds.ts";
import type { Extent } from "./travel/cells.ts";
import type { HourlyStep } from "./travel/hourly-clock.ts";
import type { Matrix } from "./travel/travel-times.ts";

/** Row types of schema delivery, see migrations. Times are Dates here and ms everywhere else. */

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

export type Proof = "none" | "code" | "photo" | "signature";
/** What became of a delivery; `not_recorded`: nobody said. */
export type Outcome = "handed_over" | "neighbour" | "left_there" | "not_there" | "refused" | "not_recorded";
/** What a customer chose for the evening. */
export type Choice = "home" | "neighbour" | "leave" | "not_home";

/** Of what the customer gives back: asked for, with the courier or not, at the depot, with its sender. */
export type TakeBackState = "asked" | "taken" | "not_taken" | "at_depot" | "returned";

/** What follows a vain attempt. */
export type AfterFailure = "another_window" | "collect" | "return";

export type HappenedKind =
  | "accepted"
  | "declined"
  | "scanned"
  | "left"
  | "arrived"
  | "done"
  | "not_there"
  | "refused"
  | "undone"
  | "back"
  | "delay"
  | "told"
  | "late_said"
  | "replanned"
  | "moved"
  | "dropped"
  | "wrote"
  | "chose"
  | "frozen"
  | "begun"
  | "over"
  | "photo_erased"
  | "code_locked"
  | "taken_along"
  | "not_taken_along";
export type HappenedBy = "courier" | "dispatcher" | "automatic" | "customer";

/** Parcels that a courier fetches from where another one stopped; fetched before the first of them is brought. */
export interface Fetch {
  readonly latitude: number;
  readonly longitude: number;
  readonly deliveryIds: readonly number[];
  /** ms; null = still to be fetched */
  readonly fetchedAt: number | null;
  /** Whose parcels they were. */
  readonly fromShiftId?: number;
}

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
    hourly_speeds: ColumnType<readonly HourlySpeed[], string | undefined, string>;
    leg_s: Generated<number>;
    buffer_s: Generated<number>;
    hold_s: Generated<number>;
    service_s: Generated<number>;
    currency: Generated<string>;
    dispatcher_phone: Generated<string>;
    active: Generated<boolean>;
    created_at: Time;
    is_buffer_fixed: Generated<boolean>;
    hour_minor: Generated<number>;
    kilometre_minor: Generated<number>;
    compensation_minor: Generated<number>;
    proof: Generated<Proof>;
    tries: Generated<number>;
    after_failure: Generated<AfterFailure>;
    collect_days: Generated<number>;
    bicycle_grams_km: Generated<number>;
    cargo_bike_grams_km: Generated<number>;
    car_grams_km: Generated<number>;
    van_grams_km: Generated<number>;
    takes_back: Generated<boolean>;
    takes_back_words: Generated<string>;
    /** How often it was written. */
    version: Generated<number>;
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
    key_hash: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
    language: Generated<"de" | "en">;
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
    hours: ColumnType<readonly HourlyStep[], string | undefined, string>;
    leg_s: number;
    improved_version: Generated<number>;
    created_at: Time;
    /** Of delivery.travel_table; null = by distance alone. */
    travel_version: Generated<number | null>;
    begun_at: NullableTime;
    over_at: NullableTime;
    service_percent: Generated<number>;
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
    accepted_at: NullableTime;
    left_at: NullableTime;
    back_at: NullableTime;
    heard_at: NullableTime;
    at_delivery_id: Generated<number | null>;
    is_serving: Generated<boolean>;
    since: NullableTime;
    held_stops: Generated<number>;
    fetches: ColumnType<readonly Fetch[], string | undefined, string>;
    replanned_at: NullableTime;
    distance_m: Generated<number | null>;
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
    /** The sender's share of the price; null = not kept yet. */
    pays_percent: Generated<number | null>;
    created_at: Time;
    changed_at: Time;
    arrived_at: NullableTime;
    ended_at: NullableTime;
    coarse_at: NullableTime;
    parcels: Generated<number>;
    proof: Generated<Proof>;
    code: Generated<string | null>;
    wrong_codes: Generated<string[]>;
    live_key: Generated<string | null>;
    attempt: Generated<number>;
    outcome: Generated<Outcome | null>;
    outcome_words: Generated<string>;
    proof_file_id: Generated<string | null>;
    signature: Generated<string | null>;
    told_first_from: NullableTime;
    told_first_expected_at: NullableTime;
    told_from: NullableTime;
    told_until: NullableTime;
    told_expected_at: NullableTime;
    told_at: NullableTime;
    late_said_at: NullableTime;
    untold_reason: Generated<string | null>;
    broken_at: NullableTime;
    compensation_minor: Generated<number>;
    choice: Generated<Choice | null>;
    asked_at: NullableTime;
    answer: Generated<"good" | "bad" | null>;
    answer_words: Generated<string>;
    grant_id: Generated<number | null>;
    former_id: Generated<number | null>;
    pickup_name: Generated<string | null>;
    pickup_latitude: Generated<number | null>;
    pickup_longitude: Generated<number | null>;
    pickup_from_minute: Generated<number | null>;
    pickup_to_minute: Generated<number | null>;
    pickup_earliest_at: NullableTime;
    pickup_latest_at: NullableTime;
    pickup_service_s: Generated<number | null>;
    picked_up_at: NullableTime;
    take_back: Generated<string>;
    take_back_state: Generated<TakeBackState | null>;
    take_back_why: Generated<string>;
  };
  "delivery.city_map": {
    tenant_id: number;
    city_id: number;
    features: ColumnType<readonly MapFeature[], string, string>;
    attribution: Generated<string>;
    tiles_file_id: string | null;
    tiles_attribution: Generated<string>;
    changed_at: Time;
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
    zone_factors: ColumnType<Record<string, number>, string | undefined, string>;
    root: Generated<number>;
    basis: Generated<string | null>;
  };
  "delivery.action": {
    tenant_id: number;
    key: string;
    kind: "hold" | "book" | "change" | "cancel";
    digest: Generated<string>;
    delivery_id: number;
    at: Time;
  };
  "delivery.sender_rule": {
    tenant_id: number;
    sender_tenant_id: number;
    proof: Generated<Proof>;
    after_failure: Generated<AfterFailure>;
    collect_days: Generated<number>;
    compensation_minor: Generated<number>;
    pays_percent: Generated<number>;
    tries: Generated<number>;
    takes_back: Generated<boolean>;
    takes_back_words: Generated<string>;
  };
  "delivery.happened": {
    tenant_id: number;
    id: Generated<number>;
    evening_id: number;
    shift_id: number | null;
    delivery_id: number | null;
    kind: HappenedKind;
    by: HappenedBy;
    said_by: Generated<string>;
    at: Time;
    heard_at: Time;
    key: string | null;
    words: Generated<string>;
    outcome: Generated<"handed_over" | "neighbour" | "left_there" | null>;
    route: Generated<number[] | null>;
    minutes: Generated<number | null>;
  };
  "delivery.courier_place": {
    tenant_id: number;
    shift_id: number;
    at: Time;
    latitude: number;
    longitude: number;
  };
  "delivery.pace": {
    tenant_id: number;
    city_id: number;
    courier_id: number;
    tally: ColumnType<PaceTally, string, string>;
    changed_at: Time;
  };
  "delivery.running_pace": {
    tenant_id: number;
    evening_id: number;
    courier_id: number;
    tally: ColumnType<PaceTally, string, string>;
  };
  "delivery.buffer": {
    tenant_id: number;
    city_id: number;
    zone_id: number;
    hour: number;
    buffer_s: number;
    promises: number;
    changed_at: Time;
  };
}
