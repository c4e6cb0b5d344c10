import { htmlToLine, htmlToText } from "./html-text.ts";
import {
  broken,
  Gathering,
  hasWords,
  ID_CHARS,
  pageLink,
  type ReadSetting,
  type SourceItem,
  type SourceRead,
  TEXT_CHARS,
  TITLE_CHARS,
  VALUES_MAX,
} from "./item.ts";
import { type Said, wordsOf } from "./languages.ts";
import { readFields, utf8, WireError } from "./protobuf.ts";
import { valuesByKey } from "./rss.ts";

/**
 * Service alerts of a GTFS-Realtime feed (gtfs-realtime.proto 2.0; the numbers are its field numbers). Vehicles and
 * trip updates are passed over.
 */

/** An older feed than this was forgotten by whoever makes it. */
const STALE_MS = 3_600_000;

const CAUSES =
  "unknown,other,technical_problem,strike,demonstration,accident,holiday,weather,maintenance,construction,police_activity,medical_emergency".split(
    ",",
  );
const EFFECTS =
  "no_service,reduced_service,significant_delays,detour,additional_service,modified_service,other,unknown,stop_moved,no_effect,accessibility_issue".split(
    ",",
  );
const SEVERITIES = "unknown,info,warning,severe".split(",");
const MODES: Readonly<Record<number, string>> = {
  ...{ 0: "tram", 1: "subway", 2: "rail", 3: "bus", 4: "ferry", 5: "cable_tram", 6: "aerial_lift" },
  ...{ 7: "funicular", 11: "trolleybus", 12: "monorail" },
};

/** Extended route types (100 and up) fall into these groups of a hundred. */
const MODE_GROUPS: Readonly<Record<number, string>> = {
  ...{ 1: "rail", 2: "bus", 4: "subway", 7: "bus", 8: "trolleybus", 9: "tram", 10: "ferry", 11: "air" },
  ...{ 12: "ferry", 13: "aerial_lift", 14: "funicular", 15: "taxi" },
};

/** The name of a `route_type` of GTFS, or "". */
export function modeOf(routeType: number): string {
  return MODES[routeType] ?? MODE_GROUPS[Math.floor(routeType / 100)] ?? "";
}

interface Alert {
  periods: { start: number | null; end: number | null }[];
  selectors: Record<"route_id" | "stop_id" | "agency_id" | "trip_id" | "mode", Set<string>>;
  cause: string;
  effect: string;
  severity: string;
  urls: Said[];
  headers: Said[];
  texts: Said[];
}

export function readAlerts(bytes: Uint8Array, setting: ReadSetting): SourceRead {
  if (bytes.length === 0) return broken("empty");
  const gathering = new Gathering();
  const ended: string[] = [];
  const found = { header: null as Header | null };
  try {
    readFields(bytes, (field) => {
      if (field.number === 1) found.header = headerOf(field.bytes);
      if (field.number === 2) readEntity(field.bytes, { gathering, ended, setting });
    });
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return broken("broken", error.message);
  }
  // The header is required; without it these bytes are something else that happens to parse.
  const known = found.header;
  if (!known) return broken("unknown_format");
  if (known.timestamp > 0 && setting.now - known.timestamp > STALE_MS)
    gathering.fault("stale", new Date(known.timestamp).toISOString());
  return gathering.done(known.isWhole, ended);
}

interface Header {
  isWhole: boolean;
  /** ms since the epoch; 0 = not said */
  timestamp: number;
}

function headerOf(bytes: Uint8Array): Header {
  const header: Header = { isWhole: true, timestamp: 0 };
  readFields(bytes, ({ number, integer }) => {
    if (number === 2) header.isWhole = integer === 0;
    if (number === 3) header.timestamp = integer * 1000;
  });
  return header;
}

function readEntity(
  bytes: Uint8Array,
  to: { gathering: Gathering; ended: string[]; setting: ReadSetting },
): void {
  const entity = { id: "", isDeleted: false, alert: null as Alert | null };
  readFields(bytes, (field) => {
    if (field.number === 1) entity.id = utf8(field.bytes).slice(0, ID_CHARS);
    if (field.number === 2) entity.isDeleted = field.integer !== 0;
    if (field.number === 5) entity.alert = alertOf(field.bytes);
  });
  if (entity.isDeleted) to.ended.push(entity.id);
  else if (entity.alert && entity.id !== "") addAlert(entity.id, entity.alert, to);
}

function addAlert(id: string, alert: Alert, to: { gathering: Gathering; setting: ReadSetting }): void {
  const { gathering, setting } = to;
  const title = wordsOf(clean(alert.headers, htmlToLine, TITLE_CHARS), setting.language, gathering, id);
  const text = wordsOf(clean(alert.texts, htmlToText, TEXT_CHARS), setting.language, gathering, id);
  if (!hasWords(title) && !hasWords(text)) {
    gathering.fault("no_text", id);
    return;
  }
  const urls = wordsOf(alert.urls, setting.language, gathering, id);
  const item: SourceItem = {
    id,
    title,
    text,
    link: pageLink(urls[setting.language] ?? urls.de ?? urls.en),
    publishedAt: null,
    ...spanOf(alert.periods, setting.now),
    values: valuesByKey({
      ...alert.selectors,
      cause: [alert.cause],
      effect: [alert.effect],
      severity: [alert.severity],
    }),
    isCancelled: false,
  };
  if (Object.values(alert.selectors).some(({ size }) => size >= VALUES_MAX))
    gathering.fault("too_many_values", id);
  gathering.add(item);
}

function clean(said: readonly Said[], read: (text: string, limit: number) => string, limit: number): Said[] {
  return said.map(({ text, language }) => ({ text: read(text, limit), language }));
}

/** The period that runs now or comes next; when all are over, the last one. No period = until it is taken away. */
function spanOf(periods: Alert["periods"], now: number): { startsAt: number | null; endsAt: number | null } {
  const open = periods.filter(({ end }) => end === null || end > now);
  const byStart = open.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0));
  const last = periods.toSorted((a, b) => (b.end ?? 0) - (a.end ?? 0))[0];
  const span = byStart[0] ?? last;
  return { startsAt: span?.start ?? null, endsAt: span?.end ?? null };
}

function alertOf(bytes: Uint8Array): Alert {
  const alert: Alert = {
    periods: [],
    selectors: {
      route_id: new Set(),
      stop_id: new Set(),
      agency_id: new Set(),
      trip_id: new Set(),
      mode: new Set(),
    },
    cause: "",
    effect: "",
    severity: "",
    urls: [],
    headers: [],
    texts: [],
  };
  readFields(bytes, (field) => {
    if (field.number === 1 && alert.periods.length < VALUES_MAX) alert.periods.push(periodOf(field.bytes));
    if (field.number === 5) select(field.bytes, alert.selectors);
    if (field.number === 6) alert.cause = CAUSES[field.integer - 1] ?? "";
    if (field.number === 7) alert.effect = EFFECTS[field.integer - 1] ?? "";
    if (field.number === 8) alert.urls = translations(field.bytes);
    if (field.number === 10) alert.headers = translations(field.bytes);
    if (field.number === 11) alert.texts = translations(field.bytes);
    if (field.number === 14) alert.severity = SEVERITIES[field.integer - 1] ?? "";
  });
  return alert;
}

function periodOf(bytes: Uint8Array): Alert["periods"][number] {
  const period: Alert["periods"][number] = { start: null, end: null };
  readFields(bytes, ({ number, integer }) => {
    // 0 and times beyond any calendar are how some say "open".
    const ms = integer > 0 && integer < 1e11 ? integer * 1000 : null;
    if (number === 1) period.start = ms;
    if (number === 2) period.end = ms;
  });
  return period;
}

function select(bytes: Uint8Array, into: Alert["selectors"]): void {
  const add = (key: keyof Alert["selectors"], value: string) => {
    if (into[key].size < VALUES_MAX) into[key].add(value);
  };
  readFields(bytes, (field) => {
    if (field.number === 1) add("agency_id", utf8(field.bytes));
    if (field.number === 2) add("route_id", utf8(field.bytes));
    if (field.number === 3) add("mode", modeOf(field.integer));
    if (field.number === 5) add("stop_id", utf8(field.bytes));
    if (field.number === 4)
      readFields(field.bytes, (trip) => {
        if (trip.number === 1) add("trip_id", utf8(trip.bytes));
        if (trip.number === 5) add("route_id", utf8(trip.bytes));
      });
  });
}

function translations(bytes: Uint8Array): Said[] {
  const said: Said[] = [];
  readFields(bytes, (translation) => {
    if (translation.number !== 1 || said.length >= 50) return;
    let text = "";
    let language = "";
    readFields(translation.bytes, (field) => {
      if (field.number === 1) text = utf8(field.bytes);
      if (field.number === 2) language = utf8(field.bytes);
    });
    // "en-html" is how agencies send the same words once more as markup.
    if (!/-html$/i.test(language)) said.push({ text, language });
  });
  return said;
}
