import { type Actor, type AnyRoute, type House, randomToken, route } from "#kernel";
import {
  createTelephoneLine,
  deleteTelephoneLine,
  getTelephone,
  putTelephoneSettings,
  renewTelephoneLine,
  type TelephoneLine,
} from "../api.ts";
import type { Outside } from "../ports.ts";
import { addressKey, signatureKey } from "../rules/line-key.ts";
import { lastImports, shownImport } from "../store/imports.ts";
import { deleteLine, insertLine, type LineRow, listLines, renewLine } from "../store/lines.ts";
import { readSettings, writeSettings } from "../store/settings.ts";
import { inTenant } from "../store/tx.ts";

/** Name of the node's secret from which addresses and keys follow. */
export const SECRET = "telephone";
const SALT_BYTES = 16;
/** tellOfCall */
const HOOK_PATH = "/api/v1/telephone-hooks/";

/** Where we are, as the world reaches us; without a setting as this request has reached us. */
export interface Here {
  readonly publicUrl: string;
  readonly request: { readonly protocol: string; readonly host: string };
}

export function hookAddress({ publicUrl, request }: Here, key: string): string {
  const base = publicUrl.replace(/\/$/, "") || `${request.protocol}://${request.host}`;
  return `${base}${HOOK_PATH}${key}`;
}

export function lineRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  async function shown(actor: Actor, row: LineRow, request: Here["request"]): Promise<TelephoneLine> {
    const mayKnow = actor.role !== "agent";
    const place = { tenantId: actor.tenantId, lineId: row.id, salt: row.salt };
    const secret = await outside.secret(house, SECRET);
    const here = { publicUrl: outside.publicUrl(house), request };
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      isSigned: row.is_signed,
      address: mayKnow ? hookAddress(here, addressKey(secret, place)) : null,
      signatureKey: mayKnow && row.is_signed ? signatureKey(secret, place) : null,
      heardAt: row.heard_at?.toISOString() ?? null,
      fault: row.fault,
    };
  }
  const salt = () => randomToken(SALT_BYTES);
  return [
    route(getTelephone, async ({ actor, request }) => {
      const { tenantId } = actor;
      const found = await inTenant(house, tenantId, async (tx) => ({
        settings: await readSettings(tx, tenantId),
        lines: await listLines(tx, tenantId),
        imports: await lastImports(tx, tenantId),
      }));
      return {
        settings: found.settings,
        lines: await Promise.all(found.lines.map((row) => shown(actor, row, request))),
        imports: found.imports.map(shownImport),
      };
    }),
    route(putTelephoneSettings, async ({ actor: { tenantId }, body }) => {
      await inTenant(house, tenantId, (tx) => writeSettings(tx, tenantId, body));
      return body;
    }),
    route(createTelephoneLine, async ({ actor, body, request }) => {
      const now = house.clock.now();
      const { tenantId } = actor;
      const row = await inTenant(house, tenantId, (tx) =>
        insertLine(tx, tenantId, { ...body, salt: salt(), now }),
      );
      return shown(actor, row, request);
    }),
    route(renewTelephoneLine, async ({ actor, params: { id }, request }) => {
      const { tenantId } = actor;
      return shown(
        actor,
        await inTenant(house, tenantId, (tx) => renewLine(tx, tenantId, id, salt())),
        request,
      );
    }),
    route(deleteTelephoneLine, async ({ actor: { tenantId }, params: { id } }) => {
      await inTenant(house, tenantId, (tx) => deleteLine(tx, tenantId, id));
      return { ok: true as const };
    }),
  ];
}
