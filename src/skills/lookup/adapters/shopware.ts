import { z } from "zod";
import { bareReference } from "../rules/record.ts";
import { shopwareStatus } from "../rules/status-of.ts";
import { type Answered, askJson, baseOf, type Reach, type Register } from "./asking.ts";
import { recordOf, type ShopOrder } from "./shop-record.ts";

/**
 * Shopware 6, Admin API. Sources:
 * https://shopware.stoplight.io/docs/admin-api/authentication (integration: client credentials, POST /api/oauth/token)
 * https://developer.shopware.com/docs/guides/integrations-api/general-concepts/search-criteria.html (filter, associations, limit)
 * https://shopware.stoplight.io/docs/admin-api/endpoint-structure (POST /api/search/order)
 */

const TOKEN_EARLY_MS = 30_000;
const ORDERS_MOST = 10;
/** Fault codes of the framework. */
const NO_PRIVILEGE = /MISSING_PRIVILEGE/;

const state = z.object({ technicalName: z.string() }).nullish();
const place = z
  .object({
    zipcode: z.string().nullish(),
    lastName: z.string().nullish(),
    phoneNumber: z.string().nullish(),
  })
  .nullish();

const order = z.object({
  orderNumber: z.string(),
  orderDateTime: z.string().nullish(),
  amountTotal: z.number().nullish(),
  stateMachineState: state,
  currency: z.object({ isoCode: z.string() }).nullish(),
  orderCustomer: z.object({ email: z.string().nullish(), lastName: z.string().nullish() }).nullish(),
  billingAddress: place,
  deliveries: z
    .array(
      z.object({
        stateMachineState: state,
        trackingCodes: z.array(z.string()).nullish(),
        shippingDateLatest: z.string().nullish(),
        shippingMethod: z.object({ name: z.string().nullish(), trackingUrl: z.string().nullish() }).nullish(),
        shippingOrderAddress: place,
      }),
    )
    .nullish(),
  transactions: z.array(z.object({ stateMachineState: state })).nullish(),
  lineItems: z.array(z.object({ label: z.string().nullish() })).nullish(),
});
const found = z.object({ data: z.array(order) });
const token = z.object({ access_token: z.string().min(1), expires_in: z.number() });

interface Kept {
  readonly secret: string;
  readonly token: string;
  readonly until: number;
}

/** Tokens live ten minutes; each process keeps its own. By company and connection. */
const tokens = new Map<string, Kept>();
const KEPT_MOST = 1_000;

async function tokenOf(reach: Reach): Promise<Answered<string>> {
  const { connection, tenantId, now } = reach;
  const { clientId = "", clientSecret = "" } = connection.keys;
  const place = `${tenantId} ${connection.id} ${connection.address}`;
  const secret = `${clientId} ${clientSecret}`;
  const kept = tokens.get(place);
  if (kept && kept.secret === secret && now() < kept.until) return { got: kept.token };
  const answer = await askJson(
    reach,
    {
      method: "POST",
      url: `${baseOf(connection.address)}/api/oauth/token`,
      headers: {},
      body: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
    },
    // OAuth (RFC 6749, 5.2) may say 400 for a client that it does not know.
    { schema: token, statusFault: (status) => (status === 400 ? "wrong_key" : undefined) },
  );
  if ("failed" in answer) return answer;
  if (tokens.size >= KEPT_MOST) tokens.clear();
  const until = now() + answer.got.expires_in * 1_000 - TOKEN_EARLY_MS;
  tokens.set(place, { secret, token: answer.got.access_token, until });
  return { got: answer.got.access_token };
}

async function search(reach: Reach, criteria: object): Promise<Answered<z.output<typeof found>>> {
  const access = await tokenOf(reach);
  if ("failed" in access) return access;
  const answer = await askJson(
    reach,
    {
      method: "POST",
      url: `${baseOf(reach.connection.address)}/api/search/order`,
      headers: { authorization: `Bearer ${access.got}` },
      body: criteria,
    },
    {
      schema: found,
      statusFault: (status, body) =>
        status === 403 && NO_PRIVILEGE.test(body) ? "no_permission" : undefined,
    },
  );
  // A token that was taken back: the next question gets a new one.
  if ("failed" in answer && answer.failed === "wrong_key")
    tokens.delete(`${reach.tenantId} ${reach.connection.id} ${reach.connection.address}`);
  return answer;
}

/** Only what is needed is asked for. */
const ASSOCIATIONS = {
  stateMachineState: {},
  currency: {},
  orderCustomer: {},
  billingAddress: {},
  lineItems: {},
  transactions: { associations: { stateMachineState: {} }, sort: [{ field: "createdAt", order: "ASC" }] },
  deliveries: { associations: { stateMachineState: {}, shippingMethod: {}, shippingOrderAddress: {} } },
};

export const shopware: Register = {
  kinds: ["order", "invoice"],
  keys: ["clientId", "clientSecret"],
  async find(reach, { kind, reference }) {
    const { prefix } = reach.connection;
    const bare = bareReference(reference, prefix);
    const numbers = [...new Set([bare, reference.trim(), `${prefix}${bare}`])].filter((one) => one !== "");
    const answer = await search(reach, {
      limit: ORDERS_MOST,
      filter: [{ type: "equalsAny", field: "orderNumber", value: numbers.join("|") }],
      associations: ASSOCIATIONS,
    });
    if ("failed" in answer) return answer;
    return { got: answer.got.data.map((one) => recordOf(orderOf(one), kind, reach)) };
  },
  async test(reach) {
    const answer = await search(reach, { limit: 1, associations: ASSOCIATIONS });
    return "failed" in answer ? answer : { got: null };
  },
};

function orderOf(one: z.output<typeof order>): ShopOrder {
  const deliveries = one.deliveries ?? [];
  const names = (states: readonly { stateMachineState?: z.output<typeof state> }[]) =>
    states.map(({ stateMachineState }) => stateMachineState?.technicalName ?? "");
  const transactions = names(one.transactions ?? []);
  const last = deliveries.at(-1);
  const sent = deliveries.findLast(({ trackingCodes }) => (trackingCodes?.length ?? 0) > 0) ?? last;
  const addresses = [
    ...deliveries.map(({ shippingOrderAddress }) => shippingOrderAddress),
    one.billingAddress,
  ];
  return {
    number: one.orderNumber,
    status: shopwareStatus({
      order: one.stateMachineState?.technicalName ?? "",
      deliveries: names(deliveries),
      transactions,
    }),
    placedAt: one.orderDateTime,
    carrier: sent?.shippingMethod?.name,
    link: linkOf(sent),
    expectedAt: last?.shippingDateLatest,
    titles: (one.lineItems ?? []).map(({ label }) => label),
    amount: one.amountTotal,
    currency: one.currency?.isoCode,
    isPaid: transactions.at(-1) === "paid",
    postcodes: addresses.map((address) => address?.zipcode),
    emails: [one.orderCustomer?.email],
    phones: addresses.map((address) => address?.phoneNumber),
    names: [one.orderCustomer?.lastName],
    country: null,
  };
}

/** The shipping method's address with the number in the place of %s. */
function linkOf(
  delivery: NonNullable<z.output<typeof order>["deliveries"]>[number] | undefined,
): string | null {
  const code = delivery?.trackingCodes?.at(-1);
  const url = delivery?.shippingMethod?.trackingUrl;
  return code && url ? url.replace("%s", encodeURIComponent(code)) : null;
}
