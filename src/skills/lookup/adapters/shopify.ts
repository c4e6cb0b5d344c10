import { z } from "zod";
import { bareReference } from "../rules/record.ts";
import { shopifyStatus } from "../rules/status-of.ts";
import { type Answered, askJson, baseOf, type Failed, type Reach, type Register } from "./asking.ts";
import { recordOf, type ShopOrder } from "./shop-record.ts";

/**
 * Shopify, GraphQL Admin API. Sources:
 * https://shopify.dev/docs/api/usage/versioning (a version lives a year; an older one is answered by the oldest that lives)
 * https://shopify.dev/docs/api/admin-graphql/2026-01/queries/orders (`query: "name:…"`), …/objects/Order, …/objects/Fulfillment
 * https://shopify.dev/docs/api/usage/limits (THROTTLED; cost and restoreRate in `extensions`)
 * https://shopify.dev/docs/api/usage/response-codes
 */

const VERSION = "2026-01";
const ORDERS_MOST = 5;
/** A query of ours costs less than this; so many points come back before it is asked again. */
const POINTS = 50;

const QUERY = `query Order($query: String!, $first: Int!) {
  orders(first: $first, query: $query) {
    nodes {
      name
      email
      phone
      createdAt
      cancelledAt
      fullyPaid
      displayFinancialStatus
      displayFulfillmentStatus
      currentTotalPriceSet { shopMoney { amount currencyCode } }
      shippingAddress { zip phone lastName countryCodeV2 }
      billingAddress { zip phone lastName countryCodeV2 }
      lineItems(first: 10) { nodes { title } }
      fulfillments(first: 10) {
        displayStatus
        estimatedDeliveryAt
        trackingInfo(first: 3) { company url }
      }
    }
  }
}`;

const address = z
  .object({
    zip: z.string().nullable(),
    phone: z.string().nullable(),
    lastName: z.string().nullable(),
    countryCodeV2: z.string().nullable(),
  })
  .nullable();

const order = z.object({
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  createdAt: z.string(),
  cancelledAt: z.string().nullable(),
  fullyPaid: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  currentTotalPriceSet: z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) }),
  shippingAddress: address,
  billingAddress: address,
  lineItems: z.object({ nodes: z.array(z.object({ title: z.string() })) }),
  fulfillments: z.array(
    z.object({
      displayStatus: z.string().nullable(),
      estimatedDeliveryAt: z.string().nullable(),
      trackingInfo: z.array(z.object({ company: z.string().nullable(), url: z.string().nullable() })),
    }),
  ),
});

/** GraphQL answers 200 for most of what is wrong. */
const answered = z.object({
  data: z.object({ orders: z.object({ nodes: z.array(z.unknown()) }) }).nullish(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }),
    )
    .optional(),
  extensions: z
    .object({
      cost: z.object({
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }).optional(),
      }),
    })
    .optional(),
});

async function ask(reach: Reach, query: string, first: number): Promise<Answered<unknown[]>> {
  const answer = await askJson(
    reach,
    {
      method: "POST",
      url: `${baseOf(reach.connection.address)}/admin/api/${VERSION}/graphql.json`,
      headers: { "x-shopify-access-token": reach.connection.keys.accessToken ?? "" },
      body: { query: QUERY, variables: { query, first } },
    },
    { schema: answered },
  );
  if ("failed" in answer) return answer;
  const { data, errors = [] } = answer.got;
  if (errors.length > 0) return faultOf(answer.got);
  return data ? { got: data.orders.nodes } : { failed: "changed", retryAfterMs: null };
}

function faultOf({ errors = [], extensions }: z.output<typeof answered>): Failed {
  const codes = errors.map((one) => one.extensions?.code ?? "");
  if (codes.includes("THROTTLED")) {
    const { currentlyAvailable = 0, restoreRate = POINTS } = extensions?.cost.throttleStatus ?? {};
    const missing = Math.max(1, POINTS - currentlyAvailable);
    return { failed: "rate_limited", retryAfterMs: Math.ceil((missing / Math.max(1, restoreRate)) * 1_000) };
  }
  const isRefused =
    codes.includes("ACCESS_DENIED") || errors.some(({ message }) => /access denied/i.test(message));
  return { failed: isRefused ? "no_permission" : "changed", retryAfterMs: null };
}

export const shopify: Register = {
  kinds: ["order", "invoice"],
  keys: ["accessToken"],
  async find(reach, { kind, reference }) {
    const bare = bareReference(reference, reach.connection.prefix);
    // Letters, digits and the company's own prefix: nothing that the search's syntax reads as more than a name.
    const names = [...new Set([bare, `${reach.connection.prefix.replace(/[^\p{L}\p{N}#_-]/gu, "")}${bare}`])];
    const answer = await ask(reach, names.map((name) => `name:"${name}"`).join(" OR "), ORDERS_MOST);
    if ("failed" in answer) return answer;
    const { success, data } = z.array(order).safeParse(answer.got);
    if (!success) return { failed: "changed", retryAfterMs: null };
    return { got: data.map((one) => recordOf(orderOf(one), kind, reach)) };
  },
  async test(reach) {
    const answer = await ask(reach, "", 1);
    return "failed" in answer ? answer : { got: null };
  },
};

function orderOf(one: z.output<typeof order>): ShopOrder {
  const { shippingAddress: to, billingAddress: bill, fulfillments } = one;
  const sent = fulfillments.flatMap(({ trackingInfo }) => trackingInfo).at(-1);
  const { amount, currencyCode } = one.currentTotalPriceSet.shopMoney;
  return {
    number: one.name,
    status: shopifyStatus({
      isCancelled: one.cancelledAt !== null,
      financial: one.displayFinancialStatus,
      fulfillment: one.displayFulfillmentStatus,
      parcels: fulfillments.map(({ displayStatus }) => displayStatus),
    }),
    placedAt: one.createdAt,
    carrier: sent?.company,
    link: sent?.url,
    expectedAt: fulfillments
      .map(({ estimatedDeliveryAt }) => estimatedDeliveryAt)
      .findLast((at) => at !== null),
    titles: one.lineItems.nodes.map(({ title }) => title),
    amount,
    currency: currencyCode,
    isPaid: one.fullyPaid,
    postcodes: [to?.zip, bill?.zip],
    emails: [one.email],
    phones: [one.phone, to?.phone, bill?.phone],
    names: [to?.lastName, bill?.lastName],
    country: to?.countryCodeV2 ?? bill?.countryCodeV2,
  };
}
