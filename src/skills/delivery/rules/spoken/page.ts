import { localDate } from "#kernel";
import type { ChosenWindow } from "../../plan/promises.ts";
import { fitting, type NamedTime } from "./choice.ts";

/** Which of the certain windows are shown at once: whole days, as many as a list of any channel holds. */

/** WhatsApp's list has ten rows; two of them lead on. */
export const MOST_SHOWN = 8;

export type PageKind =
  | "first"
  | "later"
  | "fitting"
  /** Nothing fits what was named. */
  | "instead"
  /** The day that was named is not planned yet. */
  | "unplanned"
  /** Behind these days are planned, but nothing is free. */
  | "taken"
  /** No day is planned behind these. */
  | "noMore";

export interface Page<One> {
  readonly kind: PageKind;
  readonly shown: readonly One[];
  /** There are planned days or windows behind these. */
  readonly hasMore: boolean;
}

export interface Asked {
  /** Only what begins after this moment, ms. */
  readonly after?: number | undefined;
  readonly named?: NamedTime | undefined;
}

/**
 * @param windows at least one, in order of time
 * @param lastDate the last planned day, free or not; null = that of the last window
 * @returns what was named, where something fits; otherwise the nearest, said so by `kind`
 */
export function pageOf<One extends ChosenWindow>(
  windows: readonly One[],
  { after, named }: Asked,
  timeZone: string,
  lastDate: string | null = null,
): Page<One> {
  const isPlannedBehind = (at: number) => lastDate !== null && localDate(at, timeZone) < lastDate;
  const page = (kind: PageKind, chosen: readonly One[]): Page<One> => {
    const shown = chosen.slice(0, MOST_SHOWN);
    const last = shown.at(-1)?.earliestAt ?? 0;
    const hasMore = windows.some(({ earliestAt }) => earliestAt > last) || isPlannedBehind(last);
    return { kind, shown, hasMore };
  };
  if (named) {
    const fits = fitting(named, windows, timeZone);
    if (fits.length > 0) return page("fitting", fits);
    const isLater = named.hasDay && lastDate !== null && localDate(named.at, timeZone) > lastDate;
    return page(isLater ? "unplanned" : "instead", nearest(windows, named.at));
  }
  if (after === undefined) return page("first", wholeEvenings(windows));
  const rest = windows.filter(({ earliestAt }) => earliestAt > after);
  if (rest.length > 0) return page("later", wholeEvenings(rest));
  return page(isPlannedBehind(after) ? "taken" : "noMore", wholeEvenings(windows));
}

/** Evenings are not torn apart, but for one that alone is too long. */
function wholeEvenings<One extends ChosenWindow>(windows: readonly One[]): readonly One[] {
  const cut = windows.slice(0, MOST_SHOWN);
  const next = windows[MOST_SHOWN];
  const last = cut.at(-1);
  if (!next || !last || next.eveningId !== last.eveningId || cut[0]?.eveningId === last.eveningId) return cut;
  return cut.filter(({ eveningId }) => eveningId !== last.eveningId);
}

/** Half a page before and after a moment is no help: those that lie nearest, in order of time. */
function nearest<One extends ChosenWindow>(windows: readonly One[], at: number): readonly One[] {
  return [...windows]
    .sort((a, b) => Math.abs(a.earliestAt - at) - Math.abs(b.earliestAt - at) || a.earliestAt - b.earliestAt)
    .slice(0, NEAREST_SHOWN)
    .sort((a, b) => a.earliestAt - b.earliestAt);
}

const NEAREST_SHOWN = 4;
