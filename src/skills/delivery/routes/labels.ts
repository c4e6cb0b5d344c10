import { type AnyRoute, type House, localDate, route } from "#kernel";
import { makeLabels } from "../api/labels.ts";
import { drawLabels } from "../labels/draw.ts";
import { readLabels } from "../store/labels.ts";

/** Labels as a file. */
export function labelRoutes(house: House): readonly AnyRoute[] {
  return [
    route(makeLabels, async ({ actor: { tenantId }, body: { format, items } }) => {
      const labels = await readLabels(house, tenantId, items);
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
