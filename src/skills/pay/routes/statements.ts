import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import { dismiss, listEntries, matchByHand, undoMatch } from "../store/clearing.ts";
import { importFile } from "../store/import.ts";
import { listStatements } from "../store/statements.ts";
import { inTenant } from "../store/tx.ts";
import { beforeOf, pageOf } from "./cursor.ts";

export function statementRoutes(house: House): readonly AnyRoute[] {
  return [
    route(api.listStatements, async ({ actor: { tenantId }, query: { cursor, limit } }) => {
      const asked = { before: beforeOf(cursor), limit: limit + 1 };
      return pageOf(await inTenant(house, tenantId, (tx) => listStatements(tx, tenantId, asked)), limit);
    }),
    route(api.importStatements, ({ actor, body }) =>
      importFile(house, actor, Buffer.from(body.content, "base64"), body.language),
    ),
    route(api.listEntries, async ({ actor: { tenantId }, query }) => {
      const { cursor, limit, ...listing } = query;
      const asked = { ...listing, before: beforeOf(cursor), limit: limit + 1 };
      return pageOf(await inTenant(house, tenantId, (tx) => listEntries(tx, tenantId, asked)), limit);
    }),
    route(api.matchEntry, ({ actor, params: { id }, body: { requestId } }) =>
      matchByHand(house, actor, { id, requestId }),
    ),
    route(api.undoEntry, ({ actor, params: { id } }) => undoMatch(house, actor, id)),
    route(api.dismissEntry, ({ actor, params: { id } }) => dismiss(house, actor, id)),
  ];
}
