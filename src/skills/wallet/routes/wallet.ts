import { type AnyRoute, AppError, type Call, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import * as api from "../api.ts";
import type { Outside } from "../ports.ts";
import { type PlaceKey, placeText, readPlace, readToken } from "../rules/tokens.ts";
import {
  type AccountRow,
  accountByToken,
  findInvitation,
  forgetToken,
  insertInvitation,
  openAccount,
} from "../store/accounts.ts";
import { dressOf, readOpenCoin, shownCoin } from "../store/coins.ts";
import { listMovements } from "../store/movements.ts";
import { findByKey } from "../store/request-rows.ts";
import { walletRequest } from "../store/shown-requests.ts";
import { inTenant, type Place } from "../store/tx.ts";
import { shownProof, shownWallet, submitSigned } from "../store/wallets.ts";

/** The customer's wallet: whoever has its token reads it, whoever has its key spends from it. */

/** A page asks a few times a minute; paying is a handful of calls. */
const RULE = { burst: 120, perMinute: 120 };
const HOUR_MS = 3_600_000;

export interface Signed {
  readonly tenantId: number;
  readonly account: AccountRow;
}

type Heard = Pick<Call<typeof api.getWallet>, "request" | "reply">;

export interface Doors {
  /** @throws AppError not_signed_in, too_many_requests */
  open(call: Heard): Promise<Signed>;
  /** A key of a link. @throws AppError not_found, too_many_requests */
  key(call: Heard, text: string): PlaceKey;
}

export function openDoors(place: Place): Doors {
  const limit = rateLimiter(RULE, place.house.clock);
  const take = (key: string): void => {
    const wait = limit.take(key);
    if (wait !== null) throw new TooManyRequests(wait);
  };
  return {
    async open({ request, reply }) {
      reply.header("cache-control", "no-store");
      const token = readToken(request.headers.authorization ?? "");
      if (!token) throw ended();
      take(token.key);
      const account = await inTenant(place, token.tenantId, (tx) => accountByToken(tx, token));
      if (!account) throw ended();
      return { tenantId: token.tenantId, account };
    },
    key({ reply }, text) {
      reply.header("cache-control", "no-store");
      const key = readPlace(text);
      if (!key) throw new AppError("not_found");
      take(key.key);
      return key;
    },
  };
}

export function walletRoutes(house: House, outside: Outside): readonly AnyRoute[] {
  const place = { house, outside };
  const doors = openDoors(place);
  return [...openingRoutes(place, doors), ...readingRoutes(place, doors)];
}

function openingRoutes(place: Place, doors: Doors): readonly AnyRoute[] {
  const { house } = place;
  return [
    route(api.lookAtInvitation, async (call) => {
      const at = doors.key(call, call.query.key);
      const invitation = await inTenant(place, at.tenantId, (tx) => findInvitation(tx, at));
      if (!invitation) throw new AppError("not_found", "This invitation opens nothing (any more).");
      const profile = await house.profile(at.tenantId);
      const { label, used, uses, expires_at } = invitation;
      return {
        ...dressOf(profile, profile.language),
        coin: await shownCoin(place, at.tenantId, await readOpenCoin(place, at.tenantId)),
        label,
        isOpen: used < uses && expires_at.getTime() > house.clock.now(),
      };
    }),
    route(api.openWallet, async (call) => {
      const { invitation, ...asked } = call.body;
      const at = doors.key(call, invitation);
      const opened = await openAccount(place, { ...asked, invitation: at });
      return { ...opened, coin: await shownCoin(place, at.tenantId, await readOpenCoin(place, at.tenantId)) };
    }),
    route(api.inviteDevice, async (call) => {
      const { tenantId, account } = await doors.open(call);
      const now = house.clock.now();
      const expiresAt = now + HOUR_MS;
      const { label } = call.body;
      const of = { label, uses: 1, by: "customer", now, expiresAt, account: account.account };
      const key = await inTenant(place, tenantId, (tx) => insertInvitation(tx, tenantId, of));
      return { invitation: placeText({ tenantId, key }), expiresAt };
    }),
    route(api.closeWallet, async (call) => {
      const { tenantId, account } = await doors.open(call);
      await inTenant(place, tenantId, (tx) => forgetToken(tx, tenantId, account.account));
      return { ok: true as const };
    }),
  ];
}

function readingRoutes(place: Place, doors: Doors): readonly AnyRoute[] {
  return [
    route(api.getWallet, async (call) => {
      const { tenantId, account } = await doors.open(call);
      return shownWallet(place, tenantId, account);
    }),
    route(api.listMovements, async (call) => {
      const { tenantId, account } = await doors.open(call);
      const { cursor, limit } = call.query;
      const before = cursor === undefined ? null : beforeOf(cursor);
      const of = { account: account.account, before, limit: limit + 1 };
      const rows = await inTenant(place, tenantId, (tx) => listMovements(tx, tenantId, of));
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
    }),
    route(api.getWalletRequest, async (call) => {
      const at = doors.key(call, call.query.key);
      const row = await inTenant(place, at.tenantId, (tx) => findByKey(tx, at.tenantId, at.key));
      if (!row) throw new AppError("not_found", "Nobody asks for this (any more).");
      return walletRequest(place, at.tenantId, row);
    }),
    route(api.submitTransaction, async (call) => {
      const { tenantId, account } = await doors.open(call);
      const bytes = new Uint8Array(Buffer.from(call.body.bytes, "base64url"));
      const of = { bytes, account: account.account, labels: call.body.labels, language: account.language };
      return submitSigned(place, tenantId, of);
    }),
    route(api.getWalletProof, async (call) => {
      const { tenantId, account } = await doors.open(call);
      return shownProof(place, tenantId, account);
    }),
  ];
}

const CURSOR = /^\d{1,15}$/;

/** @throws AppError bad_request */
export function beforeOf(cursor: string): number {
  if (!CURSOR.test(cursor))
    throw new AppError("bad_request", undefined, [{ path: "cursor", message: "is not from a page before" }]);
  return Number(cursor);
}

const ended = (): AppError =>
  new AppError(
    "not_signed_in",
    "This device has no wallet here (any more). Its key still counts on the ledger.",
  );
