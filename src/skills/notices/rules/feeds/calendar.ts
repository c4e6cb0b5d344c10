import ICAL from "ical.js";
import { type EventOf, occurrencesOf } from "./calendar-events.ts";
import { broken, Gathering, type ReadSetting, type SourceRead } from "./item.ts";
import { decodeText } from "./text-bytes.ts";
import { within } from "./time-limit.ts";

/** iCalendar (RFC 5545): appointments from now on, each occurrence of a series an item of its own. */

const PARSE_MS = 3_000;
/** Of reading events in one go; an event that takes it all alone is endless. */
const ROUND_MS = 500;
/** So much of the process's time a calendar may take; the rest of its events is left out. */
const ROUNDS_MOST = 8;

export function readCalendar(bytes: Uint8Array, setting: ReadSetting): SourceRead {
  const text = decodeText(bytes, setting.charset).trim();
  if (text === "") return broken("empty");
  if (!/^BEGIN:VCALENDAR/i.test(text)) return broken("unknown_format", /^</.test(text) ? "HTML" : "");
  const found: { root: ICAL.Component | null } = { root: null };
  try {
    const isDone = within(PARSE_MS, () => {
      const parsed: unknown[] = ICAL.parse(text);
      // Several calendars in one file: the first one.
      found.root = new ICAL.Component(Array.isArray(parsed[0]) ? parsed[0] : parsed);
    });
    if (!isDone || !found.root) return broken("broken");
  } catch {
    return broken("broken");
  }
  return readEvents(found.root, setting);
}

function readEvents(root: ICAL.Component, setting: ReadSetting): SourceRead {
  const gathering = new Gathering();
  const events = seriesOf(root);
  const state = { next: 0, isFull: false };
  for (let round = 0; round < ROUNDS_MOST; round++) {
    const begun = state.next;
    const isDone = within(ROUND_MS, () => {
      for (; state.next < events.length && !state.isFull; state.next++)
        state.isFull = !readSeries(events[state.next] as EventOf, setting, gathering);
    });
    if (isDone) return gathering.done(!state.isFull);
    // Ended in the middle of many: it goes on there. Ended in the first one: that one has no end.
    if (state.next > begun) continue;
    gathering.fault("endless_rule", events[state.next]?.uid ?? "");
    state.next++;
  }
  gathering.fault("too_many_items", String(gathering.items.length));
  return gathering.done(false);
}

/** @returns false when there is no more room */
function readSeries(event: EventOf, setting: ReadSetting, gathering: Gathering): boolean {
  try {
    return occurrencesOf(event, setting, gathering).every((item) => gathering.add(item));
  } catch {
    // A date or a rule that the library refuses: this appointment only.
    gathering.fault("bad_time", event.uid);
    return true;
  }
}

/** Events by their UID, each with the changed occurrences of its series. */
function seriesOf(root: ICAL.Component): EventOf[] {
  const series = new Map<string, { main: ICAL.Component[]; changed: ICAL.Component[] }>();
  for (const component of root.getAllSubcomponents("vevent")) {
    const uid = String(component.getFirstPropertyValue("uid") ?? "");
    const summary = String(component.getFirstPropertyValue("summary") ?? "");
    const key = uid || `${summary} ${String(component.getFirstPropertyValue("dtstart") ?? "")}`;
    const one = series.get(key) ?? { main: [], changed: [] };
    series.set(key, one);
    (component.hasProperty("recurrence-id") ? one.changed : one.main).push(component);
  }
  return [...series].flatMap(([uid, { main, changed }]) => {
    // The same event twice: the later version counts.
    const last = main.toSorted((a, b) => sequenceOf(a) - sequenceOf(b)).at(-1);
    // Changed occurrences of a series that the file does not hold stand for themselves.
    if (!last) return changed.map((component) => ({ uid, component, changed: [] }));
    return [{ uid, component: last, changed }];
  });
}

function sequenceOf(component: ICAL.Component): number {
  return Number(component.getFirstPropertyValue("sequence") ?? 0);
}
