import { type AnyRoute, AppError, type House, isIban, route } from "#kernel";
import * as api from "../api.ts";
import { readLetterhead, writeLetterhead } from "../store/letterhead.ts";
import { numberGaps } from "../store/numbers.ts";
import { inTenant } from "../store/tx.ts";

/** Without these a document says too little about who sends it (section 35a GmbHG, section 14 (4) UStG). */
const NEEDED = ["legalName", "street", "postalCode", "city"] as const;

export function letterheadRoutes(house: House): readonly AnyRoute[] {
  return [
    route(api.getLetterhead, ({ actor: { tenantId } }) => shown(house, tenantId)),
    route(api.saveLetterhead, async ({ actor: { tenantId }, body }) => {
      if (body.iban !== "" && !isIban(body.iban))
        throw new AppError("bad_request", undefined, [
          { path: "iban", message: "its check digits do not fit" },
        ]);
      await inTenant(house, tenantId, (tx) => writeLetterhead(tx, tenantId, body, house.clock.now()));
      return shown(house, tenantId);
    }),
  ];
}

function shown(house: House, tenantId: number) {
  return inTenant(house, tenantId, async (tx) => {
    const head = await readLetterhead(tx, tenantId);
    const gaps = await numberGaps(tx, tenantId);
    return { ...head, missing: NEEDED.filter((key) => head[key] === ""), gaps };
  });
}
