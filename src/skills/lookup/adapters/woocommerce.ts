import { z } from "zod";
import { bareReference } from "../rules/record.ts";
import { woocommerceStatus } from "../rules/status-of.ts";
import { type Answered, askJson, baseOf, type Reach, type Register } from "./asking.ts";
import { recordOf, type ShopOrder } from "./shop-record.ts";

/**
 * WooCommerce, REST API v3. Sources:
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication-over-https (Basic, consumer key and secret)
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-orders (`search`, `per_page`, `include`)
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#errors
 * https://woocommerce.com/document/shipment-tracking/ (`_wc_shipment_tracking_items` in `meta_data`)
 */

const ORDERS_MOST = 10;

const address = z.object({
  postcode: z.string().default(""),
  last_name: z.string().default(""),
  country: z.string().default(""),
  email: z.string().default(""),
  phone: z.string().default(""),
});

const tracking = z.object({
  tracking_provider: z.string().default(""),
  custom_tracking_provider: z.string().default(""),
  custom_tracking_link: z.string().default(""),
});

const order = z.object({
  id: z.number(),
  number: z.string(),
  status: z.string(),
  currency: z.string(),
  total: z.string(),
  date_created: z.string().nullable().default(null),
  date_paid: z.string().nullable().default(null),
  billing: address,
  shipping: address,
  line_items: z.array(z.object({ name: z.string().nullable() })),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
const orders = z.array(order);

function headersOf({ connection: { keys } }: Reach): Record<string, string> {
  const pair = Buffer.from(`${keys.consumerKey ?? ""}:${keys.consumerSecret ?? ""}`).toString("base64");
  return { authorization: `Basic ${pair}` };
}

/** A key that may not read says 401, too: the code tells the two apart. */
function statusFault(status: number, body: string) {
  if (status !== 401 && status !== 403) return undefined;
  return /woocommerce_rest_cannot_view|rest_forbidden/.test(body) ? "no_permission" : "wrong_key";
}

function ask(reach: Reach, query: string): Promise<Answered<z.output<typeof orders>>> {
  const url = `${baseOf(reach.connection.address)}/wp-json/wc/v3/orders?${query}`;
  return askJson(reach, { method: "GET", url, headers: headersOf(reach) }, { schema: orders, statusFault });
}

export const woocommerce: Register = {
  kinds: ["order", "invoice"],
  keys: ["consumerKey", "consumerSecret"],
  async find(reach, { kind, reference }) {
    const bare = bareReference(reference, reach.connection.prefix);
    // Numbers that a plugin gives are found by searching; without one the number is the id.
    const searched = await ask(reach, `per_page=${ORDERS_MOST}&search=${encodeURIComponent(bare)}`);
    if ("failed" in searched) return searched;
    const isThere = searched.got.some(
      ({ number }) => bareReference(number, reach.connection.prefix) === bare,
    );
    const byId = !isThere && /^\d{1,15}$/.test(bare) ? await ask(reach, `include=${bare}`) : { got: [] };
    if ("failed" in byId) return byId;
    const found = [...searched.got, ...byId.got];
    return { got: found.map((one) => recordOf(orderOf(one), kind, reach)) };
  },
  async test(reach) {
    const answer = await ask(reach, "per_page=1");
    return "failed" in answer ? answer : { got: null };
  },
};

function orderOf(one: z.output<typeof order>): ShopOrder {
  const { billing, shipping } = one;
  return {
    number: one.number,
    status: woocommerceStatus(one.status),
    placedAt: one.date_created,
    ...trackingOf(one),
    expectedAt: null,
    titles: one.line_items.map(({ name }) => name),
    amount: one.total,
    currency: one.currency,
    isPaid: one.date_paid !== null,
    postcodes: [shipping.postcode, billing.postcode],
    emails: [billing.email],
    phones: [billing.phone, shipping.phone],
    names: [billing.last_name, shipping.last_name],
    country: billing.country,
  };
}

function trackingOf({ meta_data }: z.output<typeof order>): Pick<ShopOrder, "carrier" | "link"> {
  const items = meta_data.find(({ key }) => key === "_wc_shipment_tracking_items")?.value;
  const last = z.array(tracking).safeParse(items).data?.at(-1);
  return {
    carrier: last?.custom_tracking_provider || last?.tracking_provider,
    link: last?.custom_tracking_link,
  };
}
