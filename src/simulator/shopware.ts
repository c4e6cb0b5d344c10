import { type Ask, json, objectOf, type Reply, type Simulator, serve } from "./http.ts";
import { configureShop, control, moodReply, openShop, type Shop, type ShopOrder } from "./shop-stock.ts";

/**
 * Shopware 6's Admin API: POST /api/oauth/token (client credentials, ten minutes) and POST /api/search/order with filter,
 * limit and associations; what no association names is not there. Sources:
 * https://shopware.stoplight.io/docs/admin-api/authentication,
 * https://developer.shopware.com/docs/guides/integrations-api/general-concepts/search-criteria.html
 */
export async function startShopware(given: unknown): Promise<Simulator> {
  const shop = openShop(given);
  const tokens = new Set<string>();
  const server = await serve(
    (ask) =>
      control(shop, ask) ??
      (ask.path === "/api/oauth/token" ? grant(shop, ask, tokens) : search(shop, ask, tokens)),
    { port: shop.settings.port },
  );
  return { ...server, configure: (change) => configureShop(shop, change) };
}

const fault = (status: number, code: string, title: string): Reply =>
  json({ errors: [{ status: String(status), code, title, detail: title }] }, status);

function grant(shop: Shop, ask: Ask, tokens: Set<string>): Reply {
  const failing = moodReply(shop);
  if (failing) return failing;
  const body = objectOf(ask.body);
  const { clientId = "id", clientSecret = "secret" } = shop.settings.keys;
  if (body?.grant_type !== "client_credentials")
    return fault(400, "2", "The authorization grant type is not supported by the authorization server.");
  if (body.client_id !== clientId || body.client_secret !== clientSecret)
    return fault(401, "4", "Client authentication failed");
  const token = `sw-${tokens.size + 1}`;
  tokens.add(token);
  return json({ token_type: "Bearer", expires_in: 600, access_token: token });
}

function search(shop: Shop, ask: Ask, tokens: ReadonlySet<string>): Reply {
  const { settings } = shop;
  if (ask.path !== "/api/search/order" || ask.method !== "POST")
    return fault(404, "FRAMEWORK__ROUTE_NOT_FOUND", "Not Found");
  shop.asked += 1;
  const failing = moodReply(shop);
  if (failing) return failing;
  if (settings.mood === "limited")
    return {
      ...fault(429, "FRAMEWORK__RATE_LIMIT_EXCEEDED", "Too many requests"),
      headers: { "retry-after": "120" },
    };
  if (!tokens.has(ask.headers.authorization?.replace(/^Bearer /, "") ?? ""))
    return fault(401, "9", "The resource owner or authorization server denied the request.");
  if (!settings.mayRead)
    return fault(403, "FRAMEWORK__MISSING_PRIVILEGE_ERROR", "Missing privilege order:read");
  const criteria = objectOf(ask.body) ?? {};
  const wanted = numbersIn(criteria.filter);
  const found = settings.orders.filter(({ number }) => wanted === null || wanted.includes(number));
  const rows = settings.mood === "wrong" ? settings.orders.slice(0, 1) : found;
  const limit = Number(criteria.limit ?? 100);
  const data = rows.slice(0, limit).map((order) => orderOf(order, keysOf(criteria.associations)));
  const body =
    settings.mood === "changed"
      ? data.map(({ orderNumber, ...rest }) => ({ ...rest, orderNumber: [orderNumber] }))
      : data;
  return json({ total: body.length, data: body, aggregations: [] });
}

/** Of a filter by orderNumber; null = all orders. `equalsAny` parts its values by a bar. */
function numbersIn(filter: unknown): string[] | null {
  if (!Array.isArray(filter) || filter.length === 0) return null;
  const [first] = filter as { type?: string; field?: string; value?: string }[];
  if (first?.field !== "orderNumber") return [];
  return first.type === "equalsAny" ? String(first.value).split("|") : [String(first.value)];
}

const keysOf = (associations: unknown): ReadonlySet<string> =>
  new Set(typeof associations === "object" && associations !== null ? Object.keys(associations) : []);

const ORDER: Readonly<Record<string, string>> = {
  packing: "in_progress",
  part: "in_progress",
  sent: "in_progress",
  delivered: "completed",
  cancelled: "cancelled",
};
const DELIVERY: Readonly<Record<string, string>> = {
  part: "shipped_partially",
  sent: "shipped",
  delivered: "shipped",
  returned: "returned",
  cancelled: "cancelled",
};

function orderOf(order: ShopOrder, associations: ReadonlySet<string>) {
  const state = (technicalName: string) => ({ technicalName, name: technicalName });
  const address = {
    firstName: "Käthe",
    lastName: order.lastName,
    street: "Lange Reihe 7",
    zipcode: order.postcode,
    city: "Hamburg",
    phoneNumber: order.phone,
  };
  const parts: Readonly<Record<string, unknown>> = {
    stateMachineState: state(ORDER[order.state] ?? "open"),
    currency: { isoCode: "EUR" },
    orderCustomer: { email: order.email, firstName: "Käthe", lastName: order.lastName },
    billingAddress: address,
    lineItems: order.items.map((label) => ({ label, quantity: 1 })),
    transactions: [
      {
        stateMachineState: state(
          order.state === "refunded" ? "refunded" : order.state === "unpaid" ? "open" : "paid",
        ),
      },
    ],
    deliveries: [
      {
        stateMachineState: state(DELIVERY[order.state] ?? "open"),
        trackingCodes: order.trackingCode ? [order.trackingCode] : [],
        shippingDateEarliest: order.placed,
        shippingDateLatest: order.expected ? `${order.expected}T00:00:00.000+00:00` : null,
        shippingMethod: { name: order.carrier || "Standard", trackingUrl: "https://track.example/%s" },
        shippingOrderAddress: address,
      },
    ],
  };
  return {
    id: `0${order.number}`,
    orderNumber: order.number,
    orderDateTime: `${order.placed}.000+00:00`,
    amountTotal: order.total,
    ...Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, associations.has(name) ? part : null]),
    ),
  };
}
