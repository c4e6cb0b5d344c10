import type pg from "pg";
import { APP, botOf, type Company, phoneNumberId } from "./companies.ts";

const OPEN_DAILY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: "00:00", to: "24:00" }));

const SETTINGS = {
  timeZone: "Europe/Berlin",
  language: "de",
  openingHours: OPEN_DAILY,
  holidayRegion: "",
  closedDays: [],
  formOfAddress: "sie",
  teamFormOfAddress: "du",
  greeting: { de: "Moin!", en: "Hello!" },
  accent: "#0b5a6e",
  logo: null,
  answerMinutes: 60,
  legal: { imprint: "", privacy: "" },
};

/** Writes the companies and their channels, set-wise. Their ids are given by rank: the first is the largest. */
export async function seedCompanies(
  client: pg.ClientBase,
  companies: readonly Company[],
  now: Date,
): Promise<void> {
  await client.query(
    `insert into kernel.tenant (slug, name, settings, created_at)
      select 'bench-' || lpad(n::text, 5, '0'), 'Betrieb ' || n, $2, $3 from generate_series(1, $1::int) n order by n`,
    [companies.length, JSON.stringify(SETTINGS), now],
  );
  await client.query("insert into kernel.tenant_seq (tenant_id) select id from kernel.tenant");
  await client.query(
    "insert into kernel.provider_app (id, kind, secret, verify_token, created_at) values ($1, 'whatsapp', $2, 'verify', $3)",
    [APP.id, APP.secret, now],
  );
  const numbers = companies.flatMap((company) =>
    Array.from({ length: company.numbers }, (_, n) => ({
      rank: company.rank,
      address: phoneNumberId(company, n),
    })),
  );
  await client.query(
    `insert into kernel.channel (tenant_id, kind, app_id, address, name, token, settings, created_at)
      select t.id, 'whatsapp', $3, n.address, 'WhatsApp', 'bench-token', '{"displayPhone":"+4940555010"}', $4
      from unnest($1::int[], $2::text[]) n(rank, address) join kernel.tenant t on t.slug = 'bench-' || lpad(n.rank::text, 5, '0')
      order by n.address`,
    [numbers.map((n) => n.rank), numbers.map((n) => n.address), APP.id, now],
  );
  const bots = companies
    .filter((company) => company.hasBot)
    .map((company) => ({ ...botOf(company), rank: company.rank }));
  await client.query(
    `with b as (select * from unnest($1::int[], $2::text[], $3::text[], $4::text[]) b(rank, id, secret, token)),
      app as (insert into kernel.provider_app (id, kind, secret, created_at) select id, 'telegram', secret, $5 from b returning id)
      insert into kernel.channel (tenant_id, kind, app_id, address, name, token, settings, created_at)
      select t.id, 'telegram', b.id, b.id, 'Telegram', b.token, '{"botName":"bench"}', $5
      from b join app using (id) join kernel.tenant t on t.slug = 'bench-' || lpad(b.rank::text, 5, '0')`,
    [
      bots.map((b) => b.rank),
      bots.map((b) => b.id),
      bots.map((b) => b.secret),
      bots.map((b) => b.token),
      now,
    ],
  );
}

/** Tenant id of each rank. */
export async function tenantIdsByRank(client: pg.ClientBase | pg.Pool): Promise<Map<number, number>> {
  const { rows } = await client.query<{ rank: number; id: number }>(
    "select substr(slug, 7)::int as rank, id from kernel.tenant where slug like 'bench-%'",
  );
  return new Map(rows.map((row) => [row.rank, row.id]));
}

/** The simulators get new ports with each run. */
export async function aimAtSimulators(
  client: pg.ClientBase,
  urls: { whatsapp: string; telegram: string },
): Promise<void> {
  await client.query(
    "update kernel.channel set api_base = case kind when 'whatsapp' then $1 else $2 end where kind in ('whatsapp', 'telegram')",
    [urls.whatsapp, urls.telegram],
  );
}
