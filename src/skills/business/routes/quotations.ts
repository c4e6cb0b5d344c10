import { type AnyRoute, type House, route } from "#kernel";
import * as api from "../api.ts";
import type { Desk } from "../ports.ts";
import { makeDocument, planDocument } from "../store/documents.ts";
import { beginQuotation, dropDraft, renewDraft, saveDraft } from "../store/drafts.ts";
import { findQuotations, readQuotation } from "../store/quotations.ts";
import { sendQuotation, withdrawQuotation } from "../store/sending.ts";
import { changing, inTenant, moment } from "../store/tx.ts";
import { beforeOf } from "./inputs.ts";

export function quotationRoutes(house: House, desk: Desk): readonly AnyRoute[] {
  const shown = (tenantId: number, id: number): Promise<api.Quotation> =>
    inTenant(house, tenantId, (tx) => readQuotation(tx, tenantId, id));
  return [
    route(api.listQuotations, async ({ actor: { tenantId }, query }) => {
      const { state, companyId, limit } = query;
      const before = beforeOf(query.cursor);
      const rows = await inTenant(house, tenantId, (tx) =>
        findQuotations(tx, tenantId, { state, companyId, before, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
    }),
    route(api.createQuotation, async ({ actor: { tenantId, staffId: by }, body: { conversationId } }) => {
      const when = await moment(house, tenantId);
      return inTenant(house, tenantId, async (tx) =>
        readQuotation(tx, tenantId, await beginQuotation(tx, tenantId, { conversationId, by, ...when })),
      );
    }),
    route(api.getQuotation, ({ actor: { tenantId }, params: { id } }) => shown(tenantId, id)),
    route(api.saveQuotation, ({ actor: { tenantId }, params: { id }, body: { revision, ...content } }) =>
      inTenant(house, tenantId, async (tx) => {
        await saveDraft(tx, tenantId, { id, revision, content, now: house.clock.now() });
        return readQuotation(tx, tenantId, id);
      }),
    ),
    route(api.previewQuotation, async ({ actor: { tenantId }, params: { id } }) => {
      const plan = await inTenant(house, tenantId, (tx) =>
        planDocument(house, tx, tenantId, { id, kind: "quotation", version: null, isPreview: true }),
      );
      const { name, bytes } = await makeDocument(plan);
      return { name, pdf: bytes.toString("base64") };
    }),
    route(api.sendQuotation, async ({ actor, params: { id }, body: { revision } }) => {
      const when = await moment(house, actor.tenantId);
      await sendQuotation(house, desk, actor, { id, revision, ...when });
      return shown(actor.tenantId, id);
    }),
    route(api.renewQuotation, async ({ actor: { tenantId }, params: { id } }) => {
      const when = await moment(house, tenantId);
      await changing(house, tenantId, (tx) => renewDraft(tx, tenantId, { id, ...when }));
      return shown(tenantId, id);
    }),
    route(api.withdrawQuotation, async ({ actor, params: { id }, body: { reason } }) => {
      await withdrawQuotation(house, desk, actor, { id, reason, now: house.clock.now() });
      return shown(actor.tenantId, id);
    }),
    route(api.deleteDraft, ({ actor: { tenantId }, params: { id } }) =>
      inTenant(house, tenantId, async (tx) => {
        await dropDraft(tx, tenantId, id, house.clock.now());
        return { ok: true as const };
      }),
    ),
  ];
}
