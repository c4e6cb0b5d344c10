import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { ReplyOf } from "#kernel/api";
import type { getCoinReport, getPublicCoin } from "../../api.ts";
import { hexOf } from "../../rules/bytes.ts";
import { centsOf, UNITS_A_CENT } from "../../rules/money.ts";
import { dressOf, readOpenCoin, shownCoin } from "../coins.ts";
import { inTenant, type Place } from "../tx.ts";
import { listPoints } from "./points.ts";
import { ledgerFacts } from "./setup.ts";

/** What is counted of a coin: for its association, and for everybody. */

/** Section 2 (2) ZAG: more than this in twelve months is notified to BaFin. */
const THRESHOLD_MINOR = 100_000_000;
const MONTHS = 12;

/** Twelve months back to the day. */
function yearBefore(now: number): Date {
  const from = new Date(now);
  from.setUTCMonth(from.getUTCMonth() - MONTHS);
  return from;
}

export async function coinReport(place: Place, tenantId: number): Promise<ReplyOf<typeof getCoinReport>> {
  const from = yearBefore(place.house.clock.now());
  const { timeZone } = await place.house.profile(tenantId);
  const { rows } = await inTenant(place, tenantId, (tx) =>
    sql<{ month: string; soldMinor: number; redeemedMinor: number }>`
      select month, sum(sold)::bigint as "soldMinor", sum(redeemed)::bigint as "redeemedMinor" from (
        select to_char(done_at at time zone ${timeZone}, 'YYYY-MM') as month, amount_minor as sold, 0 as redeemed
        from wallet.purchase where tenant_id = ${tenantId} and state = 'done' and done_at > ${from}
        union all
        select to_char(at at time zone ${timeZone}, 'YYYY-MM'), 0, amount_minor
        from wallet.payout where tenant_id = ${tenantId} and state <> 'returned' and at > ${from}) as one
      group by month order by month`.execute(tx),
  );
  return {
    soldMinor: rows.reduce((sum, row) => sum + row.soldMinor, 0),
    thresholdMinor: THRESHOLD_MINOR,
    from: from.toISOString(),
    months: rows,
  };
}

async function merchantNames(tx: Tx, tenantId: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from wallet.merchant
    where tenant_id = ${tenantId} and state = 'open' order by name`.execute(tx);
  return rows.map(({ name }) => name);
}

/** @throws AppError not_found for a company without a coin, busy while its ledger is not here */
export async function publicCoin(place: Place, slug: string): Promise<ReplyOf<typeof getPublicCoin>> {
  const { house, outside } = place;
  const tenantId = outside.companyBySlug(house, slug);
  if (tenantId === null) throw new AppError("not_found");
  const coin = await readOpenCoin(place, tenantId);
  const ledger = await outside.ledgers(house).ledger(tenantId);
  if (!ledger) throw new AppError("busy");
  const { series, merchants, sealedAt } = await inTenant(place, tenantId, async (tx) => ({
    series: await listPoints(tx, tenantId),
    merchants: await merchantNames(tx, tenantId),
    sealedAt: await sealTime(tx, tenantId, ledger.sealed?.height ?? 0),
  }));
  const profile = await house.profile(tenantId);
  const facts = ledgerFacts(ledger);
  const euro = ledger.attested.find(({ asset }) => asset === "EUR");
  const needed = centsOf(ledger.supply + UNITS_A_CENT - 1);
  const council = (name: "governors" | "attestors") => {
    const { needed: k, members } = ledger.councils[name];
    return { needed: k, members: members.length };
  };
  return {
    ...dressOf(profile, profile.language),
    coin: await shownCoin(place, tenantId, coin),
    supply: ledger.supply,
    height: ledger.height,
    time: ledger.time,
    chainHash: facts.chainHash,
    reserve: facts.attested,
    isCovered: euro !== undefined && euro.amount >= needed,
    // In tenths of a per cent, rounded down: nothing is called covered by rounding.
    coverage: euro && needed > 0 ? Math.floor((euro.amount * 1_000) / needed) / 10 : null,
    isStale: !euro || euro.statedAt + ledger.attestationLasts <= house.clock.now(),
    sealed: ledger.sealed && {
      height: ledger.sealed.height,
      root: hexOf(ledger.sealed.root),
      total: ledger.sealed.total,
      at: sealedAt ?? ledger.time,
    },
    series,
    councils: { governors: council("governors"), attestors: council("attestors") },
    limits: facts.limits,
    merchants,
  };
}

async function sealTime(tx: Tx, tenantId: number, height: number): Promise<number | null> {
  const { rows } = await sql<{ at: Date }>`select at from wallet.reserve_point
    where tenant_id = ${tenantId} and height = ${height} and root is not null`.execute(tx);
  return rows[0]?.at.getTime() ?? null;
}
