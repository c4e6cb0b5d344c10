import { type AnyRoute, type House, localDate, route } from "#kernel";
import { makeLabels } from "../api/labels.ts";
import { drawLabels } from "../labels/draw.ts";
import { asking } from "../plan/asking.ts";
import { readLabels } from "../store/labels.ts";

/** Labels as a file. */
export function labelRoutes(house: House): readonly AnyRoute[] {
  return [
    route(makeLabels, async ({ actor, body: { carrierId, format, items } }) => {
      const { tenantId, senderTenantId } = await asking(house, actor, carrierId);
      const labels = await readLabels(house, { tenantId, senderTenantId }, items);
      const madeAt = house.clock.now();
      const pdf = await drawLabels(labels, { format, madeAt });
      const { timeZone } = await house.profile(tenantId);
      return {
        name: `labels-${localDate(madeAt, timeZone)}.pdf`,
        pdf: pdf.toString("base64"),
        labels: labels.length,
      };
    }),
  ];
}
