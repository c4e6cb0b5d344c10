import type { CityDocument, CityInput } from "../../../../skills/delivery/api.ts";
import { readAmount, typedAmount } from "../../business/amounts.ts";

/** A city as it is being typed, and back. */

type Language = "de" | "en";

/** Typed as numbers: what one of them is in the contract's unit, and from where to where it may go there. */
export const numberFields = {
  radiusMetres: { per: 1_000, places: 1, least: 100, most: 100_000 },
  bufferSeconds: { per: 60, places: 0, least: 0, most: 7_200 },
  serviceSeconds: { per: 1, places: 0, least: 0, most: 3_600 },
  holdSeconds: { per: 60, places: 0, least: 60, most: 86_400 },
  speedKmh: { per: 1, places: 0, least: 3, most: 120 },
  circuityPercent: { per: 1, places: 0, least: 100, most: 300 },
  legSeconds: { per: 1, places: 0, least: 1, most: 900 },
  tries: { per: 1, places: 0, least: 1, most: 5 },
  collectDays: { per: 1, places: 0, least: 1, most: 60 },
  bicycleGramsPerKm: { per: 1, places: 0, least: 0, most: 1_000 },
  cargoBikeGramsPerKm: { per: 1, places: 0, least: 0, most: 1_000 },
  carGramsPerKm: { per: 1, places: 0, least: 0, most: 1_000 },
  vanGramsPerKm: { per: 1, places: 0, least: 0, most: 1_000 },
} as const;
export type NumberField = keyof typeof numberFields;

export const moneyFields = {
  hourMinor: 100_000,
  kilometreMinor: 10_000,
  compensationMinor: 100_000,
} as const;
export type MoneyField = keyof typeof moneyFields;

export interface DepotDraft {
  key: number;
  id?: number;
  name: string;
  lat: string;
  lon: string;
}
export interface ZoneDraft {
  key: number;
  id?: number;
  name: string;
  polygon: CityInput["zones"][number]["polygon"];
  buffer: string;
  price: string;
}
export interface WindowDraft {
  key: number;
  id?: number;
  weekdays: readonly number[];
  from: string;
  to: string;
  cutoff: string;
  price: string;
}
export interface HourDraft {
  key: number;
  from: string;
  percent: string;
}
export type CityDraft = Record<NumberField | MoneyField, string> & {
  name: string;
  timeZone: string;
  currency: string;
  lat: string;
  lon: string;
  proof: CityInput["proof"];
  afterFailure: CityInput["afterFailure"];
  dispatcherPhone: string;
  active: boolean;
  takesBack: boolean;
  takesBackWords: string;
  depots: readonly DepotDraft[];
  zones: readonly ZoneDraft[];
  windows: readonly WindowDraft[];
  hours: readonly HourDraft[];
};

let lastKey = 0;
/** For React: rows come and go. */
export function nextKey(): number {
  lastKey += 1;
  return lastKey;
}

const money = (minor: number, language: Language) => typedAmount(minor, { places: 2, least: 2, language });
const two = (value: number) => String(value).padStart(2, "0");
/** "18:30"; after midnight it goes on from 00:00. */
export const clockOf = (minute: number): string => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;

/** @returns minutes since midnight; null for what is no time of day */
export function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(clock.trim()) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}

export function draftOf(city: CityDocument, language: Language): CityDraft {
  const numbers = Object.entries(numberFields).map(([key, { per }]) => {
    const value = city[key as NumberField] / per;
    return [key, String(value).replace(".", language === "de" ? "," : ".")];
  });
  const amounts = Object.keys(moneyFields).map((key) => [key, money(city[key as MoneyField], language)]);
  const { name, timeZone, currency, proof, afterFailure, dispatcherPhone, active, middle } = city;
  const { takesBack, takesBackWords } = city;
  return {
    ...(Object.fromEntries([...numbers, ...amounts]) as Record<NumberField | MoneyField, string>),
    name,
    timeZone,
    currency,
    proof,
    afterFailure,
    dispatcherPhone,
    active,
    takesBack,
    takesBackWords,
    lat: String(middle.lat),
    lon: String(middle.lon),
    depots: city.depots.map(({ id, name: depot, place }) => ({
      key: nextKey(),
      id,
      name: depot,
      lat: String(place.lat),
      lon: String(place.lon),
    })),
    zones: city.zones.map(({ id, name: zone, polygon, bufferSeconds, priceMinor }) => ({
      key: nextKey(),
      id,
      name: zone,
      polygon,
      buffer: String(Math.round(bufferSeconds / 60)),
      price: money(priceMinor, language),
    })),
    windows: city.windows.map(({ id, weekdays, fromMinute, toMinute, cutoffMinutes, priceMinor }) => ({
      key: nextKey(),
      id,
      weekdays,
      from: clockOf(fromMinute),
      to: clockOf(toMinute),
      cutoff: String(cutoffMinutes),
      price: money(priceMinor, language),
    })),
    hours: (city.hourlySpeeds ?? []).map(({ fromMinute, percent }) => ({
      key: nextKey(),
      from: clockOf(fromMinute),
      percent: String(percent),
    })),
  };
}

/** A field that cannot be read: its path, such as "windows.1.price". */
export type DraftFaults = ReadonlySet<string>;

const degree = (text: string): number =>
  text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));

/** @returns the city, or the fields that cannot be read */
export function readDraft(
  draft: CityDraft,
  language: Language,
): { city: CityInput } | { faults: DraftFaults } {
  const faults = new Set<string>();
  const number = (path: string, text: string, { per, places, least, most }: Scale): number => {
    const read = readAmount(text, places, language);
    const value = read === null ? Number.NaN : Math.round((read / 10 ** places) * per);
    if (!(value >= least && value <= most)) faults.add(path);
    return value;
  };
  const amount = (path: string, text: string, most: number): number =>
    number(path, text.trim() === "" ? "0" : text, { per: 100, places: 2, least: 0, most });
  const place = (path: string, lat: string, lon: string) => {
    const at = { lat: degree(lat), lon: degree(lon) };
    if (!(Math.abs(at.lat) <= 80)) faults.add(`${path}lat`);
    if (!(Math.abs(at.lon) <= 180)) faults.add(`${path}lon`);
    return at;
  };
  const named = (path: string, name: string): string => {
    if (name.trim() === "") faults.add(path);
    return name.trim();
  };
  const phone = (path: string, text: string): string => {
    const number = text.replace(/[\s()/-]/g, "");
    if (!/^(\+[1-9]\d{4,14})?$/.test(number)) faults.add(path);
    return number;
  };
  const city: CityInput = {
    name: named("name", draft.name),
    timeZone: draft.timeZone,
    currency: draft.currency,
    proof: draft.proof,
    afterFailure: draft.afterFailure,
    dispatcherPhone: phone("dispatcherPhone", draft.dispatcherPhone),
    active: draft.active,
    takesBack: draft.takesBack,
    takesBackWords: draft.takesBackWords.trim(),
    middle: place("", draft.lat, draft.lon),
    ...(Object.fromEntries([
      ...Object.entries(numberFields).map(([key, scale]) => [
        key,
        number(key, draft[key as NumberField], scale),
      ]),
      ...Object.entries(moneyFields).map(([key, most]) => [key, amount(key, draft[key as MoneyField], most)]),
    ]) as Record<NumberField | MoneyField, number>),
    depots: draft.depots.map(({ id, name, lat, lon }, n) => ({
      ...(id !== undefined && { id }),
      name: named(`depots.${n}.name`, name),
      place: place(`depots.${n}.`, lat, lon),
    })),
    zones: draft.zones.map(({ id, name, polygon, buffer, price }, n) => ({
      ...(id !== undefined && { id }),
      name: named(`zones.${n}.name`, name),
      polygon,
      bufferSeconds: number(`zones.${n}.buffer`, buffer.trim() === "" ? "0" : buffer, minutes),
      priceMinor: amount(`zones.${n}.price`, price, 1_000_000),
    })),
    windows: draft.windows.map(({ id, weekdays, from, to, cutoff, price }, n) => {
      const fromMinute = minuteOf(from);
      const until = minuteOf(to);
      if (fromMinute === null) faults.add(`windows.${n}.from`);
      if (until === null) faults.add(`windows.${n}.to`);
      if (weekdays.length === 0) faults.add(`windows.${n}.weekdays`);
      return {
        ...(id !== undefined && { id }),
        weekdays: [...weekdays],
        fromMinute: fromMinute ?? 0,
        // "22:00 to 01:00" ends on the next morning.
        toMinute: (until ?? 0) + ((until ?? 0) <= (fromMinute ?? 0) ? 1_440 : 0),
        cutoffMinutes: number(`windows.${n}.cutoff`, cutoff, {
          per: 1,
          places: 0,
          least: 0,
          most: 10_080,
        }),
        priceMinor: amount(`windows.${n}.price`, price, 1_000_000),
      };
    }),
    hourlySpeeds: readHours(draft.hours, (path) => faults.add(path)),
  };
  return faults.size > 0 ? { faults } : { city };
}

const DAY_MINUTES = 1_440;
const LATEST_MINUTE = 1_860;

/** In their order; an hour that is earlier than the one before it is the next morning's. */
function readHours(
  hours: readonly HourDraft[],
  fault: (path: string) => void,
): NonNullable<CityInput["hourlySpeeds"]> {
  let last = -1;
  return hours.map(({ from, percent }, n) => {
    const minute = minuteOf(from);
    const fromMinute = (minute ?? 0) + ((minute ?? 0) <= last ? DAY_MINUTES : 0);
    if (minute === null || fromMinute <= last || fromMinute > LATEST_MINUTE) fault(`hours.${n}.from`);
    last = Math.max(last, fromMinute);
    const share = /^\d{1,3}$/.test(percent.trim()) ? Number(percent) : Number.NaN;
    if (!(share >= 10 && share <= 100)) fault(`hours.${n}.percent`);
    return { fromMinute, percent: share };
  });
}

interface Scale {
  readonly per: number;
  readonly places: number;
  readonly least: number;
  readonly most: number;
}
const minutes: Scale = { per: 60, places: 0, least: 0, most: 7_200 };
