import { sql } from "kysely";
import type { House } from "#kernel";
import { CITIES_ASKED_MOST } from "../../rules/limits.ts";
import { foldWords } from "../../rules/spoken/folded.ts";
import { type DeliveryTx, inTenant } from "../tx.ts";
import type { PlaceQuestion } from "./outside.ts";
import type { ServedCity } from "./served.ts";

/** In which of a company's cities an address may lie: none of the others' lists are loaded, and no service is asked for them. */

export interface ChosenCities {
  /** At most three, the likeliest first. */
  readonly cities: readonly ServedCity[];
  /** It lies in one of these, or in none of the company's. */
  readonly isComplete: boolean;
}

export type ChooseCities = (question: PlaceQuestion) => Promise<ChosenCities>;

export function openChooseCities(house: House): ChooseCities {
  return async (question) => {
    const { tenantId, cities, heard } = question;
    if (cities.length <= CITIES_ASKED_MOST) return { cities, isComplete: cities.length > 0 };
    const known = await inTenant(house, tenantId, (tx) => readKnown(tx, question));
    const of = (has: (one: Known) => boolean) =>
      cities.filter(({ id }) => known.some((one) => one.id === id && has(one)));
    const town = foldWords(heard.town);
    const named = town === "" ? [] : cities.filter(({ name }) => foldWords(name) === town);
    const byPostcode = of((one) => one.has_postcode);
    const isPlaced = heard.postcode !== "" || town !== "";
    const likely = isPlaced
      ? [...byPostcode, ...named, ...of((one) => one.has_town)]
      : of((one) => one.has_street);
    // What no list says may still be found by a service, where a city has no list.
    const unlisted = of((one) => !one.has_list);
    const chosen = [...new Set(likely.length > 0 ? likely : isPlaced ? unlisted : [])];
    // "Bahnhofstraße 5" is in most of them: the postcode is asked for.
    if (!isPlaced && chosen.length > CITIES_ASKED_MOST) return { cities: [], isComplete: true };
    return {
      cities: chosen.slice(0, CITIES_ASKED_MOST),
      isComplete: chosen.length <= CITIES_ASKED_MOST,
    };
  };
}

interface Known {
  readonly id: number;
  readonly has_list: boolean;
  readonly has_postcode: boolean;
  readonly has_town: boolean;
  readonly has_street: boolean;
}

/** One look into an index for each city and part. */
async function readKnown(tx: DeliveryTx, { tenantId, cities, heard }: PlaceQuestion): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select c.id,
      exists (select from delivery.address_list l where l.tenant_id = ${tenantId} and l.city_id = c.id) as has_list,
      ${heard.postcode}::text <> '' and exists (select from delivery.street s where s.tenant_id = ${tenantId} and s.city_id = c.id
        and s.postcode = ${heard.postcode}) as has_postcode,
      ${heard.town}::text <> '' and exists (select from delivery.street s where s.tenant_id = ${tenantId} and s.city_id = c.id
        and lower(s.locality) = lower(${heard.town}::text)) as has_town,
      ${heard.street}::text <> '' and exists (select from delivery.street s where s.tenant_id = ${tenantId} and s.city_id = c.id
        and lower(s.name) = lower(${heard.street}::text)) as has_street
    from unnest(${cities.map(({ id }) => id)}::int[]) c(id)`.execute(tx);
  return rows;
}
