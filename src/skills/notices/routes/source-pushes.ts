import { type AnyRoute, AppError, type House, route } from "#kernel";
import {
  beginTaken,
  NOTHING_TAKEN,
  type Taken,
  type Teller,
  takeReading,
} from "../adapters/sources/take-reading.ts";
import { deliverToSource, pushSourceItems, uploadSourceCsv } from "../api.ts";
import type { ReadSetting, SourceKind, SourceRead } from "../rules/feeds/item.ts";
import { readPushed } from "../rules/feeds/pushed.ts";
import { readSource } from "../rules/feeds/read-source.ts";
import { TOLERANCE_MS, verifyDelivery } from "../rules/feeds/signature.ts";
import type { SourceRow } from "../store/source-tables.ts";
import { lockSource, noteDelivery, noteReading } from "../store/sources.ts";
import { inTenant } from "../store/tx.ts";
import { problemViews, speaker } from "./source-views.ts";

/** What comes to the house by itself: tables, programs, signed webhooks. */
export function pushRoutes(house: House, teller: Teller): readonly AnyRoute[] {
  const take = (to: Target, read: (setting: ReadSetting) => SourceRead) =>
    takePushed(house, teller, { ...to, read });
  return [
    route(uploadSourceCsv, async ({ actor: { tenantId }, params: { id }, body }) => {
      const { read, stories } = await take({ tenantId, id, kind: "csv" }, (setting) =>
        readSource("csv", Buffer.from(body.csv), setting),
      );
      const problems = problemViews(read.problems, await speaker(house, tenantId));
      return { items: read.items.length, stories, problems };
    }),
    route(pushSourceItems, async ({ actor: { tenantId }, params: { id }, body }) => {
      const { read, stories } = await take({ tenantId, id, kind: "api" }, (setting) =>
        readPushed(body.items, setting, body.isComplete),
      );
      const problems = problemViews(read.problems, await speaker(house, tenantId));
      return { items: read.items.length, stories, problems };
    }),
    route(deliverToSource, async ({ params, body, request }) => {
      const [tenantId = 0, id = 0] = params.key.split("-").map(Number);
      if (tenantId > INT_MOST || id > INT_MOST) throw new AppError("not_found");
      const { headers, rawText } = request;
      const signed = {
        id: one(headers["webhook-id"]),
        timestamp: one(headers["webhook-timestamp"]),
        signature: one(headers["webhook-signature"]),
      };
      const check = (source: SourceRow) =>
        verifyDelivery(signed, rawText, { secret: source.secret ?? "", now: house.clock.now() });
      const { read, stories } = await take({ tenantId, id, kind: "webhook", check }, (setting) =>
        readPushed(body.items, setting, body.isComplete),
      );
      return { items: read.items.length, stories };
    }),
  ];
}

const INT_MOST = 2_147_483_647;

interface Target {
  readonly tenantId: number;
  readonly id: number;
  readonly kind: SourceKind;
  /** @returns the delivery's id, or null when its signature is wrong */
  readonly check?: (source: SourceRow) => string | null;
}

/** @throws AppError not_found, bad_signature, rule_broken, bad_request for a table that nobody can read */
async function takePushed(
  house: House,
  teller: Teller,
  to: Target & { read: (setting: ReadSetting) => SourceRead },
): Promise<{ read: SourceRead; stories: number }> {
  const { tenantId, id } = to;
  const now = house.clock.now();
  const profile = await house.profile(tenantId).catch(() => null);
  if (!profile) throw new AppError("not_found");
  const done = await inTenant(house, tenantId, async (tx): Promise<{ read: SourceRead } & Taken> => {
    const source = await lockSource(tx, tenantId, id);
    if (source?.kind !== to.kind) throw new AppError("not_found");
    const isAgain = to.check && !(await isNew(tx, { to, source, now }));
    if (!source.active) throw new AppError("rule_broken", "This source is paused.");
    const read = to.read({ language: source.language, timeZone: profile.timeZone, now });
    if (isAgain) return { read, ...NOTHING_TAKEN };
    if (read.isBroken)
      throw new AppError("bad_request", undefined, [
        { path: "csv", message: (await speaker(house, tenantId))("sourceFault_unreadable") },
      ]);
    const taken = await takeReading(tx, source, read, {
      tenantId,
      now,
      language: profile.language,
      teller,
    });
    const { problems } = read;
    await noteReading(tx, { tenantId, id }, { failures: 0, fault: null, problems, nextAt: null }, now);
    return { read, ...taken };
  });
  await beginTaken(house, teller, { tenantId, begun: done.begun });
  return done;
}

async function isNew(
  tx: Parameters<typeof noteDelivery>[0],
  { to, source, now }: { to: Target; source: SourceRow; now: number },
): Promise<boolean> {
  const key = to.check?.(source) ?? null;
  if (key === null) throw new AppError("bad_signature");
  const borderMs = now - 2 * TOLERANCE_MS;
  return noteDelivery(tx, { tenantId: to.tenantId, id: to.id }, { key, now, borderMs });
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
