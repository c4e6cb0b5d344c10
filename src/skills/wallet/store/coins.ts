import { sql } from "kysely";
import { AppError, accentVariables, type TenantProfile, type Tx } from "#kernel";
import type { Legal, ShownCoin } from "../api.ts";
import { inTenant, type Place } from "./tx.ts";

/** A company's coin, and how it is shown to others. */

export interface CoinRow {
  name: string;
  symbol: string;
  legal: Legal;
  state: "draft" | "open";
  holder: string;
  iban: string;
  governors_needed: number;
  attestors_needed: number;
  chain_id: number | null;
  registrar_account: Buffer | null;
  registrar_key: string;
  exchange_account: Buffer | null;
  exchange_key: string;
  begun_at: Date | null;
  revision: number;
}

export interface OpenCoin extends CoinRow {
  state: "open";
  chain_id: number;
  registrar_account: Buffer;
  exchange_account: Buffer;
}

export async function findCoin(tx: Tx, tenantId: number): Promise<CoinRow | undefined> {
  const { rows } =
    await sql<CoinRow>`select name, symbol, legal, state, holder, iban, governors_needed, attestors_needed, chain_id,
    registrar_account, registrar_key, exchange_account, exchange_key, begun_at, revision from wallet.coin where tenant_id = ${tenantId}`.execute(
      tx,
    );
  return rows[0];
}

/** @throws AppError not_found where the company has no coin that has begun */
export async function openCoinOf(tx: Tx, tenantId: number): Promise<OpenCoin> {
  const coin = await findCoin(tx, tenantId);
  if (coin?.state !== "open") throw new AppError("not_found", "This company has no coin.");
  return coin as OpenCoin;
}

/** In the issuer's own scope. @throws AppError not_found */
export async function readOpenCoin(place: Place, tenantId: number): Promise<OpenCoin> {
  return inTenant(place, tenantId, (tx) => openCoinOf(tx, tenantId));
}

export async function shownCoin(
  { house }: Pick<Place, "house">,
  tenantId: number,
  { name, symbol, legal, chain_id }: OpenCoin,
): Promise<ShownCoin> {
  const issuer = await house.profile(tenantId);
  return {
    tenantId,
    name,
    symbol,
    legal,
    chainId: chain_id,
    issuerName: issuer.name,
    page: `/coin/${encodeURIComponent(issuer.slug)}`,
  };
}

/** How a company looks and speaks on a small page. */
export function dressOf(
  { name, slug, logo, accent, legal, formOfAddress, timeZone }: TenantProfile,
  language: "de" | "en",
) {
  return {
    company: {
      name,
      logo,
      accent: accentVariables(accent),
      page: `/c/${encodeURIComponent(slug)}`,
      legal: { ...legal },
    },
    formOfAddress,
    language,
    timeZone,
  };
}
