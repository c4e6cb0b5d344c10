import { type Actor, type AnyRoute, AppError, type House, route } from "#kernel";
import { getDeliveryStatement, makeDeliveryStatement, type StatementReply } from "../api/statement.ts";
import { drawStatement } from "../labels/draw-statement.ts";
import { type Asking, asking } from "../plan/asking.ts";
import { statementCsv, sumsOfRows } from "../rules/statement.ts";
import { readStatement } from "../store/statement.ts";
import { inTenant } from "../store/tx.ts";

interface Asked {
  readonly month: string;
  readonly senderId?: number | undefined;
  readonly carrierId?: number | undefined;
}

/** A sender sees its own month with the carrier; a carrier that of any of its senders. */
async function whose(house: House, actor: Actor, { senderId, carrierId }: Asked): Promise<Asking> {
  const who = await asking(house, actor, carrierId);
  if (senderId === undefined || senderId === who.senderTenantId) return who;
  if (who.senderTenantId !== undefined)
    throw new AppError("forbidden", "A sender sees its own statement only.");
  return { tenantId: who.tenantId, senderTenantId: senderId === who.tenantId ? undefined : senderId };
}

async function statementOf(house: House, actor: Actor, asked: Asked): Promise<StatementReply> {
  const who = await whose(house, actor, asked);
  const { tenantId, senderTenantId } = who;
  const rows = await inTenant(house, tenantId, (tx) => readStatement(tx, who, asked.month));
  const carrierName = (await house.profile(tenantId)).name;
  // A company that never sent with this carrier stays a number: whose name it is, is nobody's business.
  const isKnown = senderTenantId === undefined || rows.length > 0 || actor.tenantId === senderTenantId;
  const senderName = isKnown
    ? (await house.profile(senderTenantId ?? tenantId)).name
    : String(senderTenantId);
  return { month: asked.month, carrierName, senderName, rows, sums: sumsOfRows(rows) };
}

/** What a month came to. */
export function statementRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getDeliveryStatement, ({ actor, query }) => statementOf(house, actor, query)),
    route(makeDeliveryStatement, async ({ actor, body: { format, ...asked } }) => {
      const statement = await statementOf(house, actor, asked);
      const name = `statement-${asked.month}.${format}`;
      if (format === "csv") {
        const content = Buffer.from(statementCsv(statement.rows), "utf8").toString("base64");
        return { name, mime: "text/csv", content };
      }
      const { language } = await house.profile(actor.tenantId);
      const pdf = await drawStatement(statement, { language, madeAt: house.clock.now() });
      return { name, mime: "application/pdf", content: pdf.toString("base64") };
    }),
  ];
}
