import { sql } from "kysely";
import { type Actor, AppError, localDate, type Tx } from "#kernel";
import type { ReplyOf } from "#kernel/api";
import type { listRedemptions, makeRedemptionFile } from "../../api.ts";
import { openCoinOf } from "../coins.ts";
import { inTenant, type Place, tell } from "../tx.ts";

/** What the reserve owes merchants for coins they handed back, as transfers for the bank. A payout stands in one file, ever. */

type Shown = ReplyOf<typeof listRedemptions>["items"][number];

interface Row {
  id: number;
  merchant: string;
  member_tenant_id: number;
  redemption_id: number;
  amount_minor: number;
  holder: string;
  iban: string;
  state: Shown["state"];
  at: Date;
}

const SHOWN_MOST = 200;
/** A bank takes no endless file. */
const FILE_MOST = 500;
const COLUMNS = sql`p.id, m.name as merchant, p.member_tenant_id, p.redemption_id, p.amount_minor, p.holder, p.iban, p.state, p.at`;
const FROM = sql`wallet.payout p join wallet.merchant m on m.tenant_id = p.tenant_id and m.id = p.merchant_id`;

const shown = ({ id, merchant, amount_minor, holder, iban, state, at }: Row): Shown => ({
  id,
  merchant,
  amountMinor: amount_minor,
  holder,
  iban,
  state,
  askedAt: at.toISOString(),
});

export async function listPayouts(
  place: Place,
  tenantId: number,
): Promise<{ items: Shown[]; waiting: number }> {
  return inTenant(place, tenantId, async (tx) => {
    const { rows } =
      await sql<Row>`select ${COLUMNS} from ${FROM} where p.tenant_id = ${tenantId} order by p.id desc limit ${SHOWN_MOST}`.execute(
        tx,
      );
    const count = await sql<{ waiting: number }>`select count(*)::int as waiting from wallet.payout
      where tenant_id = ${tenantId} and state = 'accepted'`.execute(tx);
    return { items: rows.map(shown), waiting: count.rows[0]?.waiting ?? 0 };
  });
}

/** @throws AppError rule_broken where nothing waits or the reserve's account is unknown */
export async function makePayoutFile(
  place: Place,
  actor: Actor,
): Promise<ReplyOf<typeof makeRedemptionFile>> {
  const { house } = place;
  const { tenantId } = actor;
  const now = house.clock.now();
  const { timeZone } = await house.profile(tenantId);
  const made = await inTenant(place, tenantId, async (tx) => {
    const coin = await openCoinOf(tx, tenantId);
    if (coin.legal === "play") throw new AppError("rule_broken", "play: nobody owes euro for play money.");
    if (coin.iban === "" || coin.holder === "")
      throw new AppError("rule_broken", "no_iban: say first which account the reserve is.");
    const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM}
      where p.tenant_id = ${tenantId} and p.state = 'accepted' order by p.id limit ${FILE_MOST} for update of p`.execute(
      tx,
    );
    if (rows.length === 0) throw new AppError("rule_broken", "nothing_waits: no payout waits.");
    const today = localDate(now, timeZone);
    const order = { debtor: { name: coin.holder, iban: coin.iban }, coin: coin.name, rows, today, now };
    const file = await writeFile(place, tx, actor, order);
    await tell(tx, tenantId, "coin", now);
    return { rows, file };
  });
  await tellMerchants(place, made.rows, "ordered");
  return made.file;
}

async function writeFile(
  { outside }: Place,
  tx: Tx,
  { tenantId, name: by }: Actor,
  of: {
    readonly debtor: { readonly name: string; readonly iban: string };
    readonly coin: string;
    readonly rows: readonly Row[];
    readonly today: string;
    readonly now: number;
  },
): Promise<ReplyOf<typeof makeRedemptionFile>> {
  const { rows, today, now } = of;
  const sumMinor = rows.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  const made = await sql<{ id: number }>`
    insert into wallet.payout_file (tenant_id, name, xml, transfers, sum_minor, made_by, made_at)
    values (${tenantId}, '', '', ${rows.length}, ${sumMinor}, ${by}, ${new Date(now)}) returning id`.execute(
    tx,
  );
  const { id } = made.rows[0] as { id: number };
  const mark = `AHC-${tenantId}-${id}-${today.replaceAll("-", "")}`;
  const xml = outside.transferFile({
    id: mark,
    madeAt: now,
    on: today,
    debtor: { ...of.debtor, bic: "" },
    transfers: rows.map((row) => ({
      endToEnd: `AHCOIN${tenantId}P${row.id}`,
      name: row.holder,
      iban: row.iban,
      amountMinor: row.amount_minor,
      words: `${of.coin} ${row.merchant} ${row.id}`,
    })),
  });
  await sql`update wallet.payout_file set name = ${`${mark}.xml`}, xml = ${xml} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  await sql`update wallet.payout set state = 'ordered', file_id = ${id}
    where tenant_id = ${tenantId} and id = any(${rows.map((row) => row.id)}::bigint[])`.execute(tx);
  const content = Buffer.from(xml, "utf8").toString("base64");
  return { name: `${mark}.xml`, mime: "application/xml", content, transfers: rows.length, sumMinor };
}

/** The bank has paid it. @throws AppError not_found, rule_broken for one that is in no file */
export async function endPayout(place: Place, tenantId: number, id: number): Promise<Shown> {
  const now = place.house.clock.now();
  const row = await inTenant(place, tenantId, async (tx) => {
    const { rows } =
      await sql<Row>`select ${COLUMNS} from ${FROM} where p.tenant_id = ${tenantId} and p.id = ${id} for update of p`.execute(
        tx,
      );
    const [found] = rows;
    if (!found) throw new AppError("not_found");
    if (found.state !== "ordered" && found.state !== "paid")
      throw new AppError("rule_broken", "not_ordered: it stands in no file yet.");
    await sql`update wallet.payout set state = 'paid' where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    await tell(tx, tenantId, "coin", now);
    return { ...found, state: "paid" as const };
  });
  await tellMerchants(place, [row], "paid");
  return shown(row);
}

/** In the merchants' own rows; the issuer's say what holds. */
async function tellMerchants(place: Place, rows: readonly Row[], state: "ordered" | "paid"): Promise<void> {
  const now = place.house.clock.now();
  for (const [memberId, own] of Map.groupBy(rows, (row) => row.member_tenant_id))
    await inTenant(place, memberId, async (tx) => {
      await sql`update wallet.redemption set state = ${state}
        where tenant_id = ${memberId} and id = any(${own.map((row) => row.redemption_id)}::bigint[]) and state in ('accepted', 'ordered')`.execute(
        tx,
      );
      await tell(tx, memberId, "till", now);
    });
}
