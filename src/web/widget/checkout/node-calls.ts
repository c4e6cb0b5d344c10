/** What the checkout asks of the node. */

export interface Place {
  cityId: number;
  address: string;
  place: { lat: number; lon: number };
}
export interface OfferedWindow {
  eveningId: number;
  earliestAt: string;
  latestAt: string;
  priceMinor: number;
  currency: string;
}
export interface Offers {
  cityId: number;
  windows: OfferedWindow[];
  refusal: { reason: string } | null;
}
export interface Held {
  outcome: "held" | "gone";
  hold: string | null;
  holdUntil: string | null;
  /** The node's clock. */
  now: string;
  instead: Offers | null;
}
export interface Parcel {
  parcels: string;
  skills: string;
}
interface Wanted {
  hold: string;
  insteadOf: string;
  place: Place;
  window: OfferedWindow;
  parcel: Parcel;
}

/** @param base of the node; @param key public, of this shop */
export function askNode(base: string, key: string) {
  const at = `${base}/api/v1/delivery/checkout/${encodeURIComponent(key)}`;
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(at + path, {
      credentials: "omit",
      ...(body !== undefined && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as T;
  }
  return {
    places: (text: string) =>
      ask<{ items: Place[]; isSure: boolean; attribution: string }>(
        `/places?${new URLSearchParams({ text: text.slice(0, 200) })}`,
      ),
    windows: ({ place }: Place, { parcels, skills }: Parcel) =>
      ask<Offers & { timeZone: string }>(
        `/windows?${new URLSearchParams({ lat: String(place.lat), lon: String(place.lon), parcels, skills })}`,
      ),
    /** @param insteadOf what this page held before, "" = nothing: it is given back first */
    hold: ({ hold, insteadOf, place: { cityId, place, address }, window, parcel }: Wanted) => {
      const { eveningId, earliestAt, latestAt } = window;
      return ask<Held>("/holds", {
        hold,
        ...(insteadOf !== "" && { insteadOf }),
        cityId,
        place,
        address,
        window: { eveningId, earliestAt, latestAt },
        parcels: Number(parcel.parcels),
        skills: parcel.skills === "" ? [] : parcel.skills.split(","),
      });
    },
  };
}
