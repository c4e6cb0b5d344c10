import {
  type AnyRoute,
  AppError,
  type Call,
  type House,
  rateLimiter,
  route,
  TooManyRequests,
  type Tx,
} from "#kernel";
import type { Providers } from "../adapters/index.ts";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { beginCheckout } from "../store/checkouts.ts";
import { findByPage, shownPage } from "../store/page.ts";
import { receiptOf } from "../store/receipts.ts";
import type { StoredRequest } from "../store/request-rows.ts";
import { inTenant } from "../store/tx.ts";
import { receiptFile } from "./receipt-file.ts";

/** The customer's page of one request: whoever has its key sees that request and nothing else. */

/** Hexadecimal, because messengers cut a link that ends with a hyphen; the company leads the way to its own rows. */
const KEY = /^Pay (\d{1,9})\.([0-9a-f]{32})$/;
/** A page asks three times a minute; a family opens it on several telephones. */
const RULE = { burst: 60, perMinute: 60 };

interface Key {
  readonly tenantId: number;
  readonly pageKey: string;
}

export function pageRoutes(house: House, outside: Outside, providers: Providers): readonly AnyRoute[] {
  const limit = rateLimiter(RULE, house.clock);
  const open = ({ request, reply }: Pick<Call<typeof api.getPayPage>, "request" | "reply">): Key => {
    reply.header("cache-control", "no-store");
    const [, tenant, pageKey] = KEY.exec(request.headers.authorization ?? "") ?? [];
    if (!tenant || !pageKey) throw ended();
    const wait = limit.take(pageKey);
    if (wait !== null) throw new TooManyRequests(wait);
    return { tenantId: Number(tenant), pageKey };
  };
  /** @throws AppError not_signed_in when the key opens nothing (any more) */
  const within = <T>(
    { tenantId, pageKey }: Key,
    work: (tx: Tx, row: StoredRequest) => Promise<T>,
  ): Promise<T> =>
    inTenant(house, tenantId, async (tx) => {
      const row = await findByPage(tx, tenantId, pageKey);
      if (!row) throw ended();
      return work(tx, row);
    });
  return [
    route(api.getPayPage, (call) => {
      const key = open(call);
      return within(key, (tx, row) => shownPage(house, tx, key.tenantId, row));
    }),
    route(api.getPayPageReceipt, async (call) => {
      const key = open(call);
      const found = await within(key, async (tx, row) => ({
        receipt: await receiptOf(tx, key.tenantId, row.id),
        language: row.language,
      }));
      return receiptFile(house, key.tenantId, found);
    }),
    route(api.beginCheckout, async (call) => {
      const { tenantId, pageKey } = open(call);
      const parts = { house, providers, publicUrl: outside.publicUrl(house) };
      return { url: await beginCheckout(parts, { tenantId, pageKey, provider: call.body.provider }) };
    }),
  ];
}

const ended = (): AppError =>
  new AppError("not_signed_in", "This link opens no payment. The conversation knows what became of it.");
