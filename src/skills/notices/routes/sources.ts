import { randomBytes } from "node:crypto";
import { type AnyRoute, AppError, type House, route } from "#kernel";
import { isFetchedKind, limitsOf, type PollParts, pollSource } from "../adapters/sources/poll.ts";
import { readBody } from "../adapters/sources/reading.ts";
import {
  createSource,
  deleteSource,
  fetchSource,
  listSourceItems,
  listSources,
  previewSource,
  type SourceChange,
  type SourceInput,
  updateSource,
} from "../api.ts";
import { healthOf } from "../rules/feeds/health.ts";
import { INTERVALS } from "../rules/feeds/schedule.ts";
import { webhookSecret } from "../rules/feeds/signature.ts";
import { listItems } from "../store/source-items.ts";
import * as store from "../store/sources.ts";
import { inTenant } from "../store/tx.ts";
import { itemView, readingView, speaker, spoken, viewOf } from "./source-views.ts";

const SECRET_BYTES = 32;
/** "Now" is no way around a source's patience. */
const FETCH_EVERY_MS = 30_000;
const ITEMS_SHOWN = 100;

export function sourceRoutes(house: House, parts: PollParts): readonly AnyRoute[] {
  const show = async (tenantId: number, id: number) => {
    const row = await inTenant(house, tenantId, (tx) => store.readSourceRow(tx, tenantId, id));
    return viewOf(row, { say: await speaker(house, tenantId), now: house.clock.now(), tenantId });
  };
  return [
    route(listSources, async ({ actor: { tenantId } }) => {
      const rows = await inTenant(house, tenantId, (tx) => store.listSources(tx, tenantId));
      const say = await speaker(house, tenantId);
      return { items: rows.map((row) => viewOf(row, { say, now: house.clock.now(), tenantId })) };
    }),
    route(createSource, async ({ actor: { tenantId }, body }) => {
      const secret = body.kind === "webhook" ? webhookSecret(randomBytes(SECRET_BYTES)) : null;
      const input = { ...checkedInput(body), secret };
      const id = await inTenant(house, tenantId, (tx) =>
        store.insertSource(tx, tenantId, input, house.clock.now()),
      );
      return { ...(await show(tenantId, id)), secret };
    }),
    route(updateSource, async ({ actor: { tenantId }, params: { id }, body }) => {
      await inTenant(house, tenantId, async (tx) => {
        const { kind } = await store.readSourceRow(tx, tenantId, id);
        await store.changeSource(tx, tenantId, { ...checkedChange(kind, body), id }, house.clock.now());
      });
      return show(tenantId, id);
    }),
    route(deleteSource, async ({ actor: { tenantId }, params: { id } }) => {
      await inTenant(house, tenantId, (tx) => store.removeSource(tx, tenantId, id));
      return { ok: true as const };
    }),
    ...readingRoutes(house, parts),
  ];
}

function readingRoutes(house: House, parts: PollParts): AnyRoute[] {
  return [
    route(previewSource, async ({ actor: { tenantId }, body }) => {
      const say = await speaker(house, tenantId);
      const { timeZone } = await house.profile(tenantId);
      const now = house.clock.now();
      const fetched = await parts.fetcher.fetch({
        url: body.url,
        etag: null,
        lastModified: null,
        now,
        limits: limitsOf(body.kind),
      });
      const read =
        fetched.got === "body"
          ? await readBody({
              kind: body.kind,
              bytes: fetched.body,
              setting: { language: body.language, timeZone, now, charset: fetched.charset },
            })
          : null;
      const fault = fetched.got === "failed" ? fetched.fault : read?.isBroken ? "unreadable" : null;
      const health = healthOf(
        {
          ...{ isActive: true, isFetched: true, nextAt: null, hasTopicEnded: false, namesFault: null },
          ...{ fault, failures: fault === null ? 0 : 1, succeededAt: fault === null ? now : null },
          ...{ problems: read?.problems ?? [], liveItems: read?.items.length ?? 0 },
        },
        now,
      );
      return { health: spoken(health, say), ...readingView(read, say) };
    }),
    route(fetchSource, async ({ actor: { tenantId }, params: { id } }) => {
      const before = await inTenant(house, tenantId, (tx) => store.readSourceRow(tx, tenantId, id));
      if (before.url === null) throw new AppError("rule_broken", "This source sends by itself.");
      if (!before.active) throw new AppError("rule_broken", "This source is paused; switch it on first.");
      const since = house.clock.now() - (before.tried_at?.getTime() ?? 0);
      if (since < FETCH_EVERY_MS)
        throw new AppError("too_many_requests", "It was read less than 30 seconds ago.");
      const reading = await pollSource(house, { tenantId, id }, parts);
      const say = await speaker(house, tenantId);
      const row = await inTenant(house, tenantId, (tx) => store.readSourceRow(tx, tenantId, id));
      const { health } = viewOf(row, { say, now: house.clock.now(), tenantId });
      return { health, ...readingView(reading?.read ?? null, say), stories: reading?.stories ?? 0 };
    }),
    route(listSourceItems, async ({ actor: { tenantId }, params: { id } }) => {
      const rows = await inTenant(house, tenantId, async (tx) => {
        await store.readSourceRow(tx, tenantId, id);
        return listItems(tx, { tenantId, id }, ITEMS_SHOWN);
      });
      return {
        items: rows.map((row) => ({
          ...itemView(row.item),
          isLive: row.is_live,
          parts: row.revision,
          seenAt: row.seen_at.toISOString(),
        })),
      };
    }),
  ];
}

/** @throws AppError bad_request for what does not fit its kind */
function checkedInput(input: SourceInput): SourceInput & { intervalSeconds: number } {
  const { kind } = input;
  if (isFetchedKind(kind) !== (input.url !== null))
    throw wrong(
      "url",
      isFetchedKind(kind) ? "this kind of source has an address" : "this kind sends by itself",
    );
  if (input.namesUrl !== null && kind !== "gtfs_rt")
    throw wrong("namesUrl", "only service alerts have names");
  const usual = isFetchedKind(kind) ? INTERVALS[kind].usual : INTERVALS.feed.usual;
  return { ...input, intervalSeconds: checkedInterval(kind, input.intervalSeconds) ?? usual };
}

function checkedChange(kind: SourceInput["kind"], change: SourceChange): SourceChange {
  if (change.url !== undefined && !isFetchedKind(kind)) throw wrong("url", "this kind sends by itself");
  if (change.namesUrl && kind !== "gtfs_rt") throw wrong("namesUrl", "only service alerts have names");
  return { ...change, intervalSeconds: checkedInterval(kind, change.intervalSeconds ?? null) ?? undefined };
}

function checkedInterval(kind: string, seconds: number | null): number | null {
  if (seconds === null || !isFetchedKind(kind)) return seconds;
  const { least } = INTERVALS[kind];
  if (seconds < least) throw wrong("intervalSeconds", `at least ${least} seconds for this kind`);
  return seconds;
}

function wrong(path: string, message: string): AppError {
  return new AppError("bad_request", undefined, [{ path, message }]);
}
