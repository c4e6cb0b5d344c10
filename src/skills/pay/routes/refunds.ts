import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import type { Desk } from "../ports.ts";
import { exportPostings } from "../store/export.ts";
import { refundRequest } from "../store/refunds.ts";
import { shownRequest } from "../store/shown.ts";
import {
  listTransferFiles,
  makeTransferFile,
  readTransferFile,
  refuseTransferFile,
  waitingTransfers,
} from "../store/transfer-files.ts";
import { inTenant } from "../store/tx.ts";
import { beforeOf, pageOf } from "./cursor.ts";

/** What goes back, and what the bookkeeping gets. */
export function refundRoutes(house: House, desk: Desk): readonly AnyRoute[] {
  return [
    route(api.refundPayRequest, async ({ actor, params: { id }, body }) => {
      await refundRequest(house, actor, { requestId: id, ...body });
      return inTenant(house, actor.tenantId, (tx) => shownRequest({ house, desk }, tx, actor.tenantId, id));
    }),
    route(api.listTransferFiles, ({ actor: { tenantId }, query: { cursor, limit } }) =>
      inTenant(house, tenantId, async (tx) => ({
        ...pageOf(
          await listTransferFiles(tx, tenantId, { before: beforeOf(cursor), limit: limit + 1 }),
          limit,
        ),
        waiting: await waitingTransfers(tx, tenantId),
      })),
    ),
    route(api.makeTransferFile, ({ actor }) => makeTransferFile(house, actor)),
    route(api.getTransferFile, ({ actor: { tenantId }, params: { id } }) =>
      inTenant(house, tenantId, (tx) => readTransferFile(tx, tenantId, id)),
    ),
    route(api.refuseTransferFile, ({ actor, params: { id } }) => refuseTransferFile(house, actor, id)),
    route(api.exportPayments, ({ actor: { tenantId }, body }) => exportPostings(house, tenantId, body)),
  ];
}
