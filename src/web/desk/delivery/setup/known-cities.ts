/** Middles of larger cities, WGS 84, so that nobody has to look up coordinates to begin. Public facts, rounded to 100 m. */
const cities: Readonly<Record<string, readonly [lat: number, lon: number, timeZone: string]>> = {
  berlin: [52.517, 13.389, "Europe/Berlin"],
  bern: [46.948, 7.447, "Europe/Zurich"],
  bremen: [53.076, 8.807, "Europe/Berlin"],
  dortmund: [51.514, 7.465, "Europe/Berlin"],
  dresden: [51.05, 13.738, "Europe/Berlin"],
  duesseldorf: [51.226, 6.774, "Europe/Berlin"],
  essen: [51.457, 7.012, "Europe/Berlin"],
  frankfurt: [50.111, 8.682, "Europe/Berlin"],
  graz: [47.071, 15.439, "Europe/Vienna"],
  hamburg: [53.551, 9.993, "Europe/Berlin"],
  hannover: [52.374, 9.738, "Europe/Berlin"],
  kiel: [54.323, 10.123, "Europe/Berlin"],
  koeln: [50.938, 6.957, "Europe/Berlin"],
  leipzig: [51.34, 12.375, "Europe/Berlin"],
  luebeck: [53.866, 10.687, "Europe/Berlin"],
  muenchen: [48.137, 11.575, "Europe/Berlin"],
  nuernberg: [49.454, 11.077, "Europe/Berlin"],
  rostock: [54.089, 12.14, "Europe/Berlin"],
  stuttgart: [48.778, 9.18, "Europe/Berlin"],
  wien: [48.208, 16.373, "Europe/Vienna"],
  zuerich: [47.372, 8.542, "Europe/Zurich"],
};

export interface KnownCity {
  lat: number;
  lon: number;
  timeZone: string;
}

/** @returns null for one that is not in the list: then its middle is typed */
export function knownCity(name: string): KnownCity | null {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue")
    // The whole name: "Frankfurt (Oder)" and "Essen (Oldenburg)" are elsewhere.
    .replace(/^frankfurt\s*(?:am main|a\. ?m\.|\/ ?main|\(main\))$/, "frankfurt");
  const found = Object.hasOwn(cities, key) ? cities[key] : undefined;
  return found ? { lat: found[0], lon: found[1], timeZone: found[2] } : null;
}
