import { sql } from "kysely";
import type { DeliveryReportRow } from "../api/running.ts";
import { type GramsPerKm, gramsOf, rateOf } from "../rules/emissions.ts";
import type { Vehicle } from "../tables.ts";
import type { DeliveryTx } from "./tx.ts";

/** What was promised and kept, evening by evening; never by courier. */

interface Row extends Omit<DeliveryReportRow, "gramsCo2" | "costMinor"> {
  readonly noticeJudged: number;
  readonly hourMinor: number;
  readonly kilometreMinor: number;
  readonly ways: readonly { vehicle: Vehicle; metres: number }[];
  readonly rates: GramsPerKm;
}

export interface ReportSpan {
  /** YYYY-MM-DD, both included */
  readonly from: string;
  readonly until: string;
  readonly cityId: number | undefined;
}

export interface ReportEvening {
  readonly row: DeliveryReportRow;
  /** Notices whose courier's arrival was recorded. */
  readonly noticeJudged: number;
  /** What was driven with, and what a kilometre of it counted. */
  readonly rates: readonly { readonly vehicle: Vehicle; readonly gramsPerKm: number }[];
}

/** Evenings that are over, the newest first: one that runs has not failed at what is still to come. One statement, whatever the span. */
export async function reportEvenings(
  tx: DeliveryTx,
  tenantId: number,
  { from, until, cityId }: ReportSpan,
): Promise<ReportEvening[]> {
  const { rows } = await sql<Row>`
    with e as (
      select e.*, c.name as city_name, c.currency, c.hour_minor, c.kilometre_minor, json_build_object('bicycle', c.bicycle_grams_km,
        'cargo_bike', c.cargo_bike_grams_km, 'car', c.car_grams_km, 'van', c.van_grams_km) as rates
      from delivery.evening e join delivery.city c on c.tenant_id = e.tenant_id and c.id = e.city_id
      where e.tenant_id = ${tenantId} and e.state = 'over' and e.service_date between ${from}::date and ${until}::date
        and (${cityId ?? null}::int is null or e.city_id = ${cityId ?? null}::int)),
    d as (
      select d.*, greatest(d.arrived_at, d.earliest_at) as began_at,
        d.outcome in ('handed_over', 'neighbour', 'left_there') as is_handed,
        d.compensation_minor - coalesce((select sum(p.compensation_minor) from delivery.past_promise p
          where p.tenant_id = d.tenant_id and p.delivery_id = d.id), 0) as own_minor
      from delivery.delivery d join e on e.tenant_id = d.tenant_id and e.id = d.evening_id
      where d.state in ('booked', 'loaded', 'under_way', 'done', 'failed')),
    -- Called off after a promise was broken: what is owed for that stays owed.
    owed as (
      select d.evening_id, sum(d.compensation_minor - coalesce((select sum(p.compensation_minor) from delivery.past_promise p
        where p.tenant_id = d.tenant_id and p.delivery_id = d.id), 0))::int as minor from delivery.delivery d
      join e on e.tenant_id = d.tenant_id and e.id = d.evening_id where d.state = 'cancelled' and d.compensation_minor > 0 group by 1),
    -- Broken here, and brought on another evening.
    past as (
      select p.evening_id, count(*)::int as broken, count(*) filter (where p.late_said_at <= p.latest_at)::int as said,
        sum(p.compensation_minor)::int as minor
      from delivery.past_promise p join e on e.tenant_id = p.tenant_id and e.id = p.evening_id group by 1),
    sums as (
      select evening_id, count(*)::int as deliveries, count(*) filter (where is_handed)::int as handed_over,
        count(*) filter (where is_handed and attempt = 1)::int as at_first,
        count(*) filter (where outcome = 'not_recorded' and state = 'done')::int as not_recorded,
        count(*) filter (where arrived_at is not null and began_at <= latest_at)::int as kept,
        count(*) filter (where arrived_at is not null or (outcome = 'not_recorded' and state = 'failed'))::int as judged, count(*) filter (where told_at is not null)::int as noticed,
        count(*) filter (where told_at is not null and arrived_at is not null)::int as notice_judged,
        count(*) filter (where arrived_at is not null and began_at between told_from and told_until)::int as inside,
        round(avg(abs(extract(epoch from began_at - told_first_expected_at))) filter (where arrived_at is not null))::int as error_s,
        count(*) filter (where late_said_at <= latest_at and (broken_at is not null or began_at > latest_at))::int as broken_said,
        coalesce(sum(own_minor), 0)::int as compensation, count(*) filter (where asked_at is not null)::int as asked,
        count(*) filter (where answer = 'good')::int as good
      from d group by evening_id),
    ways as (
      select s.evening_id, coalesce(sum(s.distance_m), 0)::int as metres,
        coalesce(sum(extract(epoch from coalesce(s.back_at, s.latest_at) - coalesce(s.left_at, s.earliest_at)))
          filter (where cardinality(s.route) > 0), 0)::int as worked_s,
        json_agg(json_build_object('vehicle', coalesce(k.vehicle, 'bicycle'), 'metres', coalesce(s.distance_m, 0))) as list
      from delivery.shift s join e on e.tenant_id = s.tenant_id and e.id = s.evening_id
      left join delivery.courier k on k.tenant_id = s.tenant_id and k.id = s.courier_id group by s.evening_id)
    select e.id as "eveningId", e.city_id as "cityId", e.city_name as "cityName", e.service_date::text as date, e.currency,
      coalesce(u.deliveries, 0) as deliveries, coalesce(u.handed_over, 0) as "handedOver", coalesce(u.at_first, 0) as "atFirstAttempt",
      coalesce(u.not_recorded, 0) as "notRecorded", coalesce(u.kept, 0) as "windowKept", coalesce(u.judged, 0) + coalesce(p.broken, 0) as "windowJudged",
      coalesce(u.noticed, 0) as noticed, coalesce(u.notice_judged, 0) as "noticeJudged", coalesce(u.inside, 0) as "noticeInside",
      u.error_s as "noticeErrorSeconds", coalesce(u.broken_said, 0) + coalesce(p.said, 0) as "brokenSaid", coalesce(u.compensation, 0) + coalesce(o.minor, 0) + coalesce(p.minor, 0) as "compensationMinor",
      coalesce(w.metres, 0) as "distanceMetres", greatest(coalesce(w.worked_s, 0), 0) as "workedSeconds", coalesce(w.list, '[]') as ways,
      coalesce(u.asked, 0) as asked, coalesce(u.good, 0) as good, e.hour_minor as "hourMinor", e.kilometre_minor as "kilometreMinor", e.rates
    from e left join sums u on u.evening_id = e.id left join owed o on o.evening_id = e.id left join past p on p.evening_id = e.id left join ways w on w.evening_id = e.id
    order by e.service_date desc, e.id desc limit ${EVENINGS_MOST}`.execute(tx);
  return rows.map(({ noticeJudged, hourMinor, kilometreMinor, ways, rates, ...row }) => {
    const driven = ways
      .filter(({ metres }) => metres > 0)
      .map((way) => ({ ...way, gramsPerKm: rateOf(way.vehicle, rates) }));
    return {
      noticeJudged,
      rates: driven.map(({ vehicle, gramsPerKm }) => ({ vehicle, gramsPerKm })),
      row: {
        ...row,
        costMinor: Math.round(
          (row.workedSeconds / 3_600) * hourMinor + (row.distanceMetres / 1_000) * kilometreMinor,
        ),
        gramsCo2: driven.reduce((sum, { metres, gramsPerKm }) => sum + gramsOf(metres, gramsPerKm), 0),
      },
    };
  });
}

const EVENINGS_MOST = 5_000;
