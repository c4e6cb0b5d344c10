import { type Ask, json, type Reply, type Simulator, serve } from "./http.ts";
import { configureShop, control, moodReply, openShop, type Shop, type ShopOrder } from "./shop-stock.ts";

/**
 * WooCommerce's REST API v3 as https://woocommerce.github.io/woocommerce-rest-api-docs/ has it: Basic authentication with
 * consumer key and secret, `orders` with `search`, `include`, `page` and `per_page`, the totals in headers, errors as
 * {code, message, data: {status}}. Shipment Tracking's entries stand in `meta_data`.
 */
export async function startWoocommerce(given: unknown): Promise<Simulator> {
  const shop = openShop(given);
  const server = await serve((ask) => control(shop, ask) ?? answer(shop, ask), { port: shop.settings.port });
  return { ...server, configure: (change) => configureShop(shop, change) };
}

const fault = (status: number, code: string, message: string): Reply =>
  json({ code, message, data: { status } }, status);

function answer(shop: Shop, ask: Ask): Reply {
  const { settings } = shop;
  if (ask.path !== "/wp-json/wc/v3/orders" || ask.method !== "GET")
    return fault(404, "rest_no_route", "No route was found matching the URL and request method.");
  shop.asked += 1;
  const failing = moodReply(shop);
  if (failing) return failing;
  // The host's own limit: WooCommerce has none for these routes.
  if (settings.mood === "limited")
    return {
      ...json({ code: "too_many_requests", message: "Too many requests" }, 429),
      headers: { "retry-after": "120" },
    };
  const { consumerKey = "ck", consumerSecret = "cs" } = settings.keys;
  const expected = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
  if (ask.headers.authorization !== expected)
    return fault(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.");
  if (!settings.mayRead)
    return fault(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
  const all = settings.orders.map(orderOf);
  const found =
    settings.mood === "wrong" ? all.slice(0, 1) : all.filter((order) => isWanted(order, ask.query));
  const perPage = Number(ask.query.get("per_page") ?? 10);
  const page = Number(ask.query.get("page") ?? 1);
  const rows = found.slice((page - 1) * perPage, page * perPage);
  const body =
    settings.mood === "changed"
      ? rows.map(({ number, ...row }) => ({ ...row, number: { value: number } }))
      : rows;
  return {
    ...json(body),
    headers: {
      "x-wp-total": String(found.length),
      "x-wp-totalpages": String(Math.ceil(found.length / perPage)),
    },
  };
}

type WooOrder = ReturnType<typeof orderOf>;

/** Searching finds parts of numbers, names and addresses, as the shop's own search does. */
function isWanted(order: WooOrder, query: URLSearchParams): boolean {
  const include = query.get("include");
  if (include !== null) return include.split(",").includes(String(order.id));
  const words = query.get("search")?.toLowerCase() ?? "";
  const { email, last_name, postcode } = order.billing;
  return [order.number, email, last_name, postcode].some((one) => one.toLowerCase().includes(words));
}

const STATUS: Readonly<Record<string, string>> = {
  unpaid: "pending",
  part: "processing",
  sent: "completed",
  delivered: "completed",
  cancelled: "cancelled",
  returned: "refunded",
  refunded: "refunded",
};

function orderOf(order: ShopOrder, n: number) {
  const address = {
    first_name: "Käthe",
    last_name: order.lastName,
    company: "",
    address_1: "Lange Reihe 7",
    address_2: "",
    city: "Hamburg",
    state: "",
    postcode: order.postcode,
    country: order.country,
    phone: order.phone,
  };
  const isPaid = !["new", "unpaid"].includes(order.state);
  return {
    id: 7000 + n,
    parent_id: 0,
    number: order.number,
    order_key: `wc_order_${n}`,
    created_via: "checkout",
    version: "9.4.2",
    status: STATUS[order.state] ?? "processing",
    currency: "EUR",
    date_created: order.placed,
    date_created_gmt: order.placed,
    date_paid: isPaid ? order.placed : null,
    total: order.total.toFixed(2),
    customer_id: 0,
    billing: { ...address, email: order.email },
    shipping: address,
    line_items: order.items.map((name, item) => ({ id: item + 1, name, product_id: item + 10, quantity: 1 })),
    meta_data: order.trackingCode
      ? [
          {
            id: 1,
            key: "_wc_shipment_tracking_items",
            value: [
              {
                tracking_provider: order.carrier.toLowerCase(),
                custom_tracking_provider: order.carrier,
                custom_tracking_link: `https://track.example/${order.trackingCode}`,
                tracking_number: order.trackingCode,
                date_shipped: "1763942400",
                tracking_id: "a1",
              },
            ],
          },
        ]
      : [],
  };
}
