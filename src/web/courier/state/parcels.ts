import type { CourierStop } from "../contract.ts";

/** Which parcels lie in the bag: by the codes on their labels, read by the camera or typed. */

/** Of a label: the stop's code and the parcel's number. */
const LABEL = /^(AHD1:\d{1,10}:\d{1,15}):(\d{1,3})$/;

export interface Loading {
  readonly loaded: number;
  readonly all: number;
  readonly missing: readonly { readonly stop: CourierStop; readonly parcels: readonly number[] }[];
}

type Loaded = Pick<CourierStop, "code" | "parcels" | "state">;

/** Parcels of a stop that are not in the bag; what the node knows as loaded is. */
function missingOf({ code, parcels, state }: Loaded, scanned: ReadonlySet<string>): number[] {
  if (state !== "booked") return [];
  return Array.from({ length: parcels }, (_, n) => n + 1).filter((n) => !scanned.has(`${code}:${n}`));
}

export function loadingOf(stops: readonly CourierStop[], scanned: ReadonlySet<string>): Loading {
  const all = stops.reduce((sum, { parcels }) => sum + parcels, 0);
  const missing = stops
    .map((stop) => ({ stop, parcels: missingOf(stop, scanned) }))
    .filter(({ parcels }) => parcels.length > 0);
  return { all, missing, loaded: all - missing.reduce((sum, { parcels }) => sum + parcels.length, 0) };
}

export type Read =
  | { readonly is: "new"; readonly stop: CourierStop; readonly code: string }
  | { readonly is: "again"; readonly stop: CourierStop }
  | { readonly is: "several" | "foreign" };

/**
 * @param text what the camera read, or the end of a code as typed: the delivery's number, with or without the parcel's
 *   behind a colon, or the end of the sender's reference
 */
export function readParcel(text: string, stops: readonly CourierStop[], scanned: ReadonlySet<string>): Read {
  const given = text.trim().toUpperCase();
  const [, code, parcel] = LABEL.exec(given) ?? [];
  if (code !== undefined) {
    const stop = stops.find((one) => one.code === code);
    if (!stop || Number(parcel) < 1 || Number(parcel) > stop.parcels) return { is: "foreign" };
    return taken(stop, Number(parcel), scanned);
  }
  const found = typed(given, stops);
  if (found.length > 1) return { is: "several" };
  const [one] = found;
  if (!one) return { is: "foreign" };
  const next = one.parcel ?? missingOf(one.stop, scanned)[0];
  return next === undefined ? { is: "again", stop: one.stop } : taken(one.stop, next, scanned);
}

function taken(stop: CourierStop, parcel: number, scanned: ReadonlySet<string>): Read {
  const code = `${stop.code}:${parcel}`;
  const isKnown = scanned.has(code) || stop.state !== "booked";
  return isKnown ? { is: "again", stop } : { is: "new", stop, code };
}

/** Fewer signs fit too much. */
const SHORTEST = 2;

function typed(given: string, stops: readonly CourierStop[]): { stop: CourierStop; parcel?: number }[] {
  const [, number = "", parcel] = /^(\d+)(?::(\d{1,3}))?$/.exec(given) ?? [];
  const exact = stops.filter(({ deliveryId }) => String(deliveryId) === number);
  const byEnd =
    given.length < SHORTEST
      ? []
      : stops.filter(
          ({ deliveryId, senderReference }) =>
            (number !== "" && String(deliveryId).endsWith(number)) ||
            senderReference.toUpperCase().endsWith(given),
        );
  return (exact.length > 0 ? exact : byEnd)
    .filter((stop) => parcel === undefined || Number(parcel) <= stop.parcels)
    .map((stop) => ({ stop, ...(parcel !== undefined && { parcel: Number(parcel) }) }));
}
