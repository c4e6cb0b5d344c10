import type { House, Timer } from "#kernel";
import type { FetchFault } from "../../rules/feeds/health.ts";
import type { Problem, SourceRead } from "../../rules/feeds/item.ts";
import { INTERVALS, nextReading } from "../../rules/feeds/schedule.ts";
import { addNames, clearNames, noteNames } from "../../store/source-names.ts";
import type { SourceRow } from "../../store/source-tables.ts";
import { lockSource, noteReading, POLL, peekSource } from "../../store/sources.ts";
import { inTenant } from "../../store/tx.ts";
import { fetchNames } from "./fetch-names.ts";
import { FETCH_LIMITS, type Fetched, type FetchLimits, type SourceFetcher } from "./fetch-source.ts";
import { readBody } from "./reading.ts";
import { beginTaken, NOTHING_TAKEN, type Taken, type Teller, takeReading } from "./take-reading.ts";

/** Reads one source: fetch outside of any transaction, then everything it brought in one. */

export interface Reading {
  /** null when nothing came: unchanged, or failed. */
  readonly read: SourceRead | null;
  readonly stories: number;
}

export interface PollParts {
  readonly fetcher: SourceFetcher;
  readonly teller: Teller;
  /** In [0, 1). */
  readonly random: () => number;
}

type FetchedKind = keyof typeof INTERVALS;

const MEGABYTE = 1024 * 1024;
const LIMITS: Readonly<Record<FetchedKind, FetchLimits>> = {
  feed: FETCH_LIMITS,
  gtfs_rt: { ...FETCH_LIMITS, maxBytes: 16 * MEGABYTE },
  ical: { ...FETCH_LIMITS, maxBytes: 3 * MEGABYTE },
};
/** Names change with the timetable; what failed is tried again sooner. */
const NAMES_EVERY_MS = 24 * 3_600_000;
const NAMES_RETRY_MS = 3_600_000;

export function isFetchedKind(kind: string): kind is FetchedKind {
  return kind in INTERVALS;
}

export function limitsOf(kind: FetchedKind): FetchLimits {
  return LIMITS[kind];
}

/** kind -> what happens when it is due: the next reading is set in the transaction of this one. */
export function sourceTimers(
  house: House,
  parts: PollParts,
): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [POLL]: async ({ tenantId, key }) => {
      const id = Number(key);
      try {
        await pollSource(house, { tenantId, id }, parts);
      } catch (error) {
        house.log.error(
          { tenant: tenantId, source: id, error: (error as Error).message },
          "source: reading failed",
        );
        await postpone(house, { tenantId, id }, parts);
      }
    },
  };
}

/** @returns null when the source is gone, paused, or was changed meanwhile */
export async function pollSource(
  house: House,
  place: { tenantId: number; id: number },
  parts: PollParts,
): Promise<Reading | null> {
  const source = await inTenant(house, place.tenantId, (tx) => peekSource(tx, place.tenantId, place.id));
  if (!source?.active || source.url === null || !isFetchedKind(source.kind)) return null;
  await refreshNames(house, { ...place, source }, parts.fetcher);
  const request = { url: source.url, etag: source.etag, lastModified: source.last_modified };
  const fetched = await parts.fetcher.fetch({
    ...request,
    now: house.clock.now(),
    limits: LIMITS[source.kind],
  });
  const { language, url, kind } = source;
  const { timeZone } = await house.profile(place.tenantId);
  const read =
    fetched.got === "body"
      ? await readBody({
          kind,
          bytes: fetched.body,
          setting: { language, timeZone, now: house.clock.now(), charset: fetched.charset },
        })
      : null;
  return store(house, { ...place, url, kind, fetched, read }, parts);
}

interface Arrived {
  readonly tenantId: number;
  readonly id: number;
  readonly url: string;
  readonly kind: FetchedKind;
  readonly fetched: Fetched<Buffer>;
  /** null when no body came. */
  readonly read: SourceRead | null;
}

async function store(house: House, arrived: Arrived, parts: PollParts): Promise<Reading | null> {
  const done = await storeIn(house, arrived, parts);
  if (done) await beginTaken(house, parts.teller, { tenantId: arrived.tenantId, begun: done.begun });
  return done;
}

async function storeIn(house: House, arrived: Arrived, parts: PollParts): Promise<(Reading & Taken) | null> {
  const { tenantId, id, url, fetched, read } = arrived;
  const { language } = await house.profile(tenantId);
  const now = house.clock.now();
  return inTenant(house, tenantId, async (tx) => {
    const source = await lockSource(tx, tenantId, id);
    // Changed while it was asked: the change has set its own reading.
    if (!source?.active || source.url !== url) return null;
    const fault = fetched.got === "failed" ? fetched.fault : read?.isBroken ? "unreadable" : null;
    const taken =
      fault === null
        ? await takeReading(tx, source, read, { tenantId, now, language, teller: parts.teller })
        : NOTHING_TAKEN;
    const failures = fault === null ? 0 : source.failures + 1;
    await noteReading(
      tx,
      { tenantId, id },
      {
        failures,
        fault,
        problems: problemsOf(source, read),
        // What could not be read is asked for again, whole.
        ...(fetched.got === "body" && fault === null
          ? { etag: fetched.etag, lastModified: fetched.lastModified }
          : {}),
        nextAt: nextReading(
          { now, intervalSeconds: source.interval_seconds, jitter: parts.random() },
          {
            failures,
            retryAfterMs: fetched.got === "failed" ? fetched.retryAfterMs : null,
            maxAgeMs: fetched.got === "failed" ? null : fetched.maxAgeMs,
          },
        ),
      },
      now,
    );
    return { read, ...taken };
  });
}

/** An answer that did not change has the problems of the last one; one that failed keeps them for later. */
function problemsOf(source: SourceRow, read: SourceRead | null): readonly Problem[] {
  return read?.problems ?? source.problems;
}

/** A fault of ours must not end the readings: the next one is set all the same. */
async function postpone(
  house: House,
  { tenantId, id }: { tenantId: number; id: number },
  parts: PollParts,
): Promise<void> {
  const now = house.clock.now();
  await inTenant(house, tenantId, async (tx) => {
    const source = await lockSource(tx, tenantId, id);
    if (!source?.active || source.url === null) return;
    const failures = source.failures + 1;
    const outcome = { failures, retryAfterMs: null, maxAgeMs: null };
    const nextAt = nextReading(
      { now, intervalSeconds: source.interval_seconds, jitter: parts.random() },
      outcome,
    );
    await noteReading(
      tx,
      { tenantId, id },
      { failures, fault: "internal", problems: source.problems, nextAt },
      now,
    );
  });
}

/** Names are a help: without them lines go by their ids, and the alerts are read all the same. */
async function refreshNames(
  house: House,
  { tenantId, id, source }: { tenantId: number; id: number; source: SourceRow },
  fetcher: SourceFetcher,
): Promise<void> {
  const now = house.clock.now();
  const age = now - (source.names_at?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (source.names_url === null || age < (source.names_fault === null ? NAMES_EVERY_MS : NAMES_RETRY_MS))
    return;
  const place = { tenantId, id };
  const request = {
    url: source.names_url,
    etag: source.names_etag,
    lastModified: source.names_last_modified,
    now,
  };
  const fetched = await fetchNames(fetcher, request, (read) =>
    inTenant(house, tenantId, async (tx) => {
      await clearNames(tx, place);
      return read((names) => addNames(tx, place, names));
    }),
  );
  const fault: FetchFault | null = fetched.got === "failed" ? fetched.fault : null;
  const headers = fetched.got === "body" ? { etag: fetched.etag, lastModified: fetched.lastModified } : {};
  await inTenant(house, tenantId, (tx) => noteNames(tx, place, { fault, ...headers, now }));
}
