import type { CourierStop } from "../contract.ts";
import type { Navigation } from "./phone-store.ts";

/** Hands a stop over to the phone's navigation app; only its place and address cross. */
export function navigationLink(
  to: Navigation,
  { place, address }: Pick<CourierStop, "place" | "address">,
): string {
  const at = `${place.lat},${place.lon}`;
  switch (to) {
    case "geo":
      return `geo:${at}?q=${encodeURIComponent(address ? `${at}(${address})` : at)}`;
    case "google":
      return `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(at)}`;
    case "apple":
      return `https://maps.apple.com/?daddr=${encodeURIComponent(at)}`;
    case "osm":
      return `https://www.openstreetmap.org/directions?to=${encodeURIComponent(at)}`;
  }
}
