import { type Actor, type AnyRoute, AppError, type House, route } from "#kernel";
import {
  getDeliveryStatement,
  listDeliveryStatements,
  makeDeliveryStatement,
  type StatementMonth,
  type StatementReply,
} from "../api/statement.ts";
import { drawStatement } from "../labels/draw-statement.ts";
import { type Asking, asking } from "../plan/asking.ts";
import { statementCsv, sumsOfRows } from "../rules/statement.ts";
import { carriersOf } from "../store/carriers.ts";
import { readMonths, readStatement } from "../store/statement.ts";
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

/** The company's own parcels and those of its senders, then what others brought for it. */
async function monthsOf(house: House, { tenantId }: Actor, months: number): Promise<StatementMonth[]> {
  const since = firstDay(house.clock.now(), months);
  const asked: Asking[] = [
    { tenantId, senderTenantId: undefined },
    ...(await carriersOf(house, tenantId))
      .filter(({ isOwn }) => !isOwn)
      .map((carrier) => ({ tenantId: carrier.tenantId, senderTenantId: tenantId })),
  ];
  const found: StatementMonth[] = [];
  for (const who of asked) {
    const role = who.tenantId === tenantId ? "carrier" : "sender";
    const rows = await inTenant(house, who.tenantId, (tx) => readMonths(tx, who, since));
    for (const { month, senderTenantId, ...sum } of rows) {
      const partnerId = role === "sender" ? who.tenantId : senderTenantId;
      const partnerName = (await house.profile(partnerId ?? tenantId)).name;
      found.push({ month, role, partnerId, partnerName, sum });
    }
  }
  return found.toSorted((a, b) => b.month.localeCompare(a.month));
}

/** Of so many months with this one. */
function firstDay(now: number, months: number): string {
  const today = new Date(now);
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months + 1, 1))
    .toISOString()
    .slice(0, 10);
}

/** What a month came to. */
export function statementRoutes(house: House): readonly AnyRoute[] {
  return [
    route(getDeliveryStatement, ({ actor, query }) => statementOf(house, actor, query)),
    route(listDeliveryStatements, async ({ actor, query: { months } }) => ({
      items: await monthsOf(house, actor, months),
    })),
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
