import { type Ask, json, objectOf, type Reply, type Simulator, serve } from "./http.ts";
import { configureShop, control, moodReply, openShop, type Shop, type ShopOrder } from "./shop-stock.ts";

/**
 * Shopify's GraphQL Admin API, for the one query that asks for orders by name: the access token in its header, 200 with
 * `errors` for what is refused or throttled, and the cost of each query. Sources:
 * https://shopify.dev/docs/api/admin-graphql/2026-01/queries/orders, https://shopify.dev/docs/api/usage/limits,
 * https://shopify.dev/docs/api/usage/response-codes
 */
export async function startShopify(given: unknown): Promise<Simulator> {
  const shop = openShop(given);
  const server = await serve((ask) => control(shop, ask) ?? answer(shop, ask), { port: shop.settings.port });
  return { ...server, configure: (change) => configureShop(shop, change) };
}

const PATH = /^\/admin\/api\/(\d{4}-(?:01|04|07|10))\/graphql\.json$/;
const MOST_POINTS = 2_000;
const POINTS_A_SECOND = 100;

const cost = (currentlyAvailable: number) => ({
  cost: {
    requestedQueryCost: 12,
    actualQueryCost: 8,
    throttleStatus: { maximumAvailable: MOST_POINTS, currentlyAvailable, restoreRate: POINTS_A_SECOND },
  },
});

function answer(shop: Shop, ask: Ask): Reply {
  const { settings } = shop;
  if (!PATH.test(ask.path) || ask.method !== "POST") return json({ errors: "Not Found" }, 404);
  shop.asked += 1;
  const failing = moodReply(shop);
  if (failing) return failing;
  const { accessToken = "shpat" } = settings.keys;
  if (ask.headers["x-shopify-access-token"] !== accessToken)
    return json(
      { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" },
      401,
    );
  if (settings.mood === "limited")
    return json({
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
      extensions: cost(0),
    });
  if (!settings.mayRead)
    return json({
      data: null,
      errors: [
        {
          message: "Access denied for orders field. Required access: `read_orders` access scope.",
          path: ["orders"],
          extensions: { code: "ACCESS_DENIED" },
        },
      ],
    });
  return queried(shop, objectOf(ask.body));
}

function queried({ settings }: Shop, body: Record<string, unknown> | null): Reply {
  const variables = body?.variables as { query?: unknown; first?: unknown } | undefined;
  if (typeof body?.query !== "string" || !/\borders\s*\(/.test(body.query))
    return json({ errors: [{ message: "syntax error, unexpected end of file" }] });
  const query = String(variables?.query ?? "");
  const found =
    settings.mood === "wrong"
      ? settings.orders.slice(0, 1)
      : settings.orders.filter((one) => isWanted(one, query));
  const first = Number(variables?.first ?? 1);
  const nodes = found.slice(0, first).map((one) => orderOf(one));
  const shown = settings.mood === "changed" ? nodes.map(({ name: _, ...node }) => node) : nodes;
  const hasNextPage = found.length > first;
  return json({
    data: { orders: { nodes: shown, pageInfo: { hasNextPage, endCursor: hasNextPage ? "c" : null } } },
    extensions: cost(MOST_POINTS - 8),
  });
}

/** `name:"A" OR name:"B"`; names are found with and without what stands before the number. */
function isWanted({ number }: ShopOrder, query: string): boolean {
  if (query.trim() === "") return true;
  const names = [...query.matchAll(/name:"?([^"\s]+)"?/g)].map(([, name = ""]) => name.toLowerCase());
  const own = number.toLowerCase();
  return names.some((name) => own === name || own.replace(/^\D+/, "") === name.replace(/^\D+/, ""));
}

const FULFILLMENT: Readonly<Record<string, string>> = {
  packing: "IN_PROGRESS",
  part: "PARTIALLY_FULFILLED",
  sent: "FULFILLED",
  delivered: "FULFILLED",
  returned: "RESTOCKED",
};

function orderOf(order: ShopOrder) {
  const address = {
    zip: order.postcode,
    phone: order.phone,
    lastName: order.lastName,
    countryCodeV2: order.country,
  };
  const isPaid = !["new", "unpaid"].includes(order.state);
  return {
    name: order.number,
    email: order.email,
    phone: null,
    createdAt: `${order.placed}Z`,
    cancelledAt: order.state === "cancelled" ? `${order.placed}Z` : null,
    fullyPaid: isPaid,
    displayFinancialStatus: order.state === "refunded" ? "REFUNDED" : isPaid ? "PAID" : "PENDING",
    displayFulfillmentStatus: FULFILLMENT[order.state] ?? "UNFULFILLED",
    currentTotalPriceSet: { shopMoney: { amount: order.total.toFixed(2), currencyCode: "EUR" } },
    shippingAddress: address,
    billingAddress: address,
    lineItems: { nodes: order.items.map((title) => ({ title })) },
    fulfillments: order.trackingCode
      ? [
          {
            displayStatus: order.state === "delivered" ? "DELIVERED" : "IN_TRANSIT",
            estimatedDeliveryAt: order.expected ? `${order.expected}T11:00:00Z` : null,
            trackingInfo: [{ company: order.carrier, url: `https://track.example/${order.trackingCode}` }],
          },
        ]
      : [],
  };
}
