import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import type { Desk } from "../ports.ts";
import { releaseEntry } from "../store/clearing.ts";
import { cancelRequest } from "../store/ending.ts";
import { recordByHand, takeBack } from "../store/payments.ts";
import { receiptOf } from "../store/receipts.ts";
import { endDisputed, remindByHand } from "../store/reminding.ts";
import { readRequest } from "../store/request-rows.ts";
import { askForPayment } from "../store/requests.ts";
import { listRequests, shownRequest } from "../store/shown.ts";
import { inTenant, moment } from "../store/tx.ts";
import { beforeOf, pageOf } from "./cursor.ts";
import { receiptFile } from "./receipt-file.ts";

export function requestRoutes(house: House, desk: Desk): readonly AnyRoute[] {
  const parts = { house, desk };
  const shown = (tenantId: number, id: number): Promise<api.PayRequest> =>
    inTenant(house, tenantId, (tx) => shownRequest(parts, tx, tenantId, id));
  return [
    route(api.listPayRequests, async ({ actor: { tenantId }, query }) => {
      const { cursor, limit, ...listing } = query;
      const asked = { ...listing, before: beforeOf(cursor), limit: limit + 1 };
      const { today } = await moment(house, tenantId);
      return pageOf(await inTenant(house, tenantId, (tx) => listRequests(tx, tenantId, asked, today)), limit);
    }),
    route(api.createPayRequest, async ({ actor, body }) =>
      shown(actor.tenantId, await askForPayment(parts, actor, body)),
    ),
    route(api.getPayRequest, ({ actor: { tenantId }, params: { id } }) => shown(tenantId, id)),
    route(api.endPayDispute, async ({ actor: { tenantId }, params: { id } }) => {
      const now = house.clock.now();
      await inTenant(house, tenantId, (tx) => endDisputed({ ...parts, tx, tenantId, now }, id));
      return shown(tenantId, id);
    }),
    route(api.getPayReceipt, async ({ actor: { tenantId }, params: { id }, query: { number } }) => {
      const found = await inTenant(house, tenantId, async (tx) => {
        const { language } = await readRequest(tx, tenantId, id);
        return { language, receipt: await receiptOf(tx, tenantId, id, number) };
      });
      return receiptFile(house, tenantId, found);
    }),
    route(api.cancelPayRequest, async ({ actor, params: { id }, body: { reason } }) => {
      await cancelRequest(parts, actor, { id, reason });
      return shown(actor.tenantId, id);
    }),
    route(api.remindPayRequest, async ({ actor: { tenantId }, params: { id } }) => {
      const now = house.clock.now();
      await inTenant(house, tenantId, (tx) => remindByHand({ ...parts, tx, tenantId, now }, id));
      return shown(tenantId, id);
    }),
    route(api.recordPayment, async ({ actor, params: { id }, body }) => {
      const { tenantId, staffId: by } = actor;
      const when = await moment(house, tenantId);
      await inTenant(house, tenantId, (tx) =>
        recordByHand(tx, tenantId, { ...body, requestId: id, by }, when),
      );
      return shown(tenantId, id);
    }),
    route(api.undoPayment, async ({ actor, params }) => {
      const { tenantId, staffId: by } = actor;
      const when = await moment(house, tenantId);
      await inTenant(house, tenantId, async (tx) => {
        const of = { requestId: params.id, paymentId: params.payment, by };
        const { entryId } = await takeBack(tx, tenantId, of, when);
        if (entryId !== null) await releaseEntry(tx, tenantId, entryId);
      });
      return shown(tenantId, params.id);
    }),
  ];
}
