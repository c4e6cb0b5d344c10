import { type AnyRoute, type House, localDate, pseudonyms, route } from "#kernel";
import { confirmCancellation, listCancellations } from "../api.ts";
import { confirm, listCancellations as listRows } from "../store/cancellations.ts";
import { noteOutcome } from "../store/outcomes.ts";
import { PURPOSE } from "../store/round.ts";
import { latestWarning } from "../store/warnings.ts";
import type { AdvocateTables } from "../tables.ts";
import { idCursor } from "./facts.ts";

const RULE = "contract_end";

export function cancellationRoutes(house: House): readonly AnyRoute[] {
  return [
    route(listCancellations, async ({ actor: { tenantId }, query }) => {
      const page = {
        isConfirmed: query.state === "confirmed",
        before: idCursor(query.cursor),
        limit: query.limit + 1,
      };
      const rows = await house.db.tenant<Awaited<ReturnType<typeof listRows>>, AdvocateTables>(
        tenantId,
        (tx) => listRows(tx, tenantId, page),
      );
      const items = rows.slice(0, query.limit);
      return {
        items: items.map((row) => ({
          id: row.id,
          contactId: row.contact_id,
          contract: row.contract,
          termEnd: row.term_end,
          text: row.text,
          saidAt: row.said_at.toISOString(),
          state: row.confirmed_at === null ? ("open" as const) : ("confirmed" as const),
          confirmedAt: row.confirmed_at?.toISOString() ?? null,
        })),
        next: rows.length > query.limit ? String(items.at(-1)?.id) : null,
      };
    }),
    route(confirmCancellation, async ({ actor: { tenantId, staffId }, params }) => {
      const now = house.clock.now();
      const { timeZone } = await house.profile(tenantId);
      const mask = await pseudonyms(house, { tenantId, purpose: PURPOSE });
      await house.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
        const about = await confirm(tx, tenantId, { id: params.id, staffId, now });
        if (!about) return;
        const warning = await latestWarning(tx, { tenantId, mask, factId: about.factId, rule: RULE });
        await noteOutcome(
          tx,
          { tenantId, mask },
          {
            rule: RULE,
            contactId: about.contactId,
            reference: `${RULE}:${about.factId}:${warning?.lastDay ?? about.termEnd}`,
            outcome: "cancelled",
            cents: warning?.cents ? -warning.cents : 0,
            day: localDate(now, timeZone),
          },
        );
      });
      return { ok: true as const };
    }),
  ];
}
