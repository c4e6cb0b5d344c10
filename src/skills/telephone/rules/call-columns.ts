/** Which column of a list of calls holds what, by the names that programs give them. */

export const ROLES = ["at", "date", "time", "number", "direction", "outcome", "seconds"] as const;
export type Role = (typeof ROLES)[number];
/** Role -> column, counted from 0. */
export type Mapping = Partial<Readonly<Record<Role, number>>>;

const NAMES: Readonly<Record<Role, readonly string[]>> = {
  at: [
    "zeitpunkt",
    "datum/zeit",
    "datum/uhrzeit",
    "datum und uhrzeit",
    "beginn",
    "start",
    "date/time",
    "timestamp",
    "call time",
    "start time",
    "created",
  ],
  date: ["datum", "tag", "date", "day"],
  time: ["uhrzeit", "zeit", "time"],
  number: [
    "rufnummer",
    "nummer",
    "telefonnummer",
    "anrufer",
    "von",
    "number",
    "phone",
    "phone number",
    "telephone number",
    "caller",
    "caller id",
    "from",
    "from number",
    "remote number",
    "gegenstelle",
  ],
  direction: ["richtung", "typ", "art", "direction", "type", "call type"],
  outcome: ["status", "ergebnis", "ausgang", "result", "outcome", "disposition", "state"],
  seconds: [
    "dauer",
    "gesprächsdauer",
    "dauer (s)",
    "dauer in sekunden",
    "duration",
    "duration (s)",
    "billsec",
    "talk time",
  ],
};

const FRITZBOX = [
  ["typ", "datum", "rufnummer", "nebenstelle", "dauer"],
  ["type", "date", "number", "extension", "duration"],
] as const;
export type FritzboxColumns = Readonly<Record<"type" | "date" | "number" | "extension" | "duration", number>>;

const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, " ");

/** The list that a FRITZ!Box exports, in German or English. @returns null for another list */
export function fritzboxColumns(head: readonly string[]): FritzboxColumns | null {
  const names = head.map(folded);
  for (const [type, date, number, extension, duration] of FRITZBOX) {
    const found = [type, date, number, extension, duration].map((name) => names.indexOf(name));
    const [t = -1, d = -1, n = -1, e = -1, l = -1] = found;
    if (found.every((place) => place >= 0)) return { type: t, date: d, number: n, extension: e, duration: l };
  }
  return null;
}

/** What the names of the columns say; a person may correct it. */
export function guessMapping(head: readonly string[]): Mapping {
  const names = head.map(folded);
  const mapping: Partial<Record<Role, number>> = {};
  for (const role of ROLES) {
    const column = NAMES[role].map((name) => names.indexOf(name)).find((place) => place >= 0);
    if (column !== undefined) mapping[role] = column;
  }
  return mapping;
}

/** A list can be read where a number stands in it and a moment: in one column, or in two. */
export function isReadable(mapping: Mapping): boolean {
  return mapping.number !== undefined && (mapping.at !== undefined || mapping.date !== undefined);
}
