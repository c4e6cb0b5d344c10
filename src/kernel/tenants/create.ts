import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import { randomToken } from "../ids.ts";
import type { TenantProfile } from "./profile.ts";

/** Stored settings of a company: its profile without what has columns of its own. */
export type TenantSettings = Omit<TenantProfile, "id" | "name" | "slug" | "isDemo">;

/** What a new company starts with, until its owner says otherwise. */
export function defaultSettings(given: Pick<TenantSettings, "timeZone" | "language">): TenantSettings {
  return {
    ...given,
    openingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: "09:00", to: "17:00" })),
    holidayRegion: given.timeZone === "Europe/Berlin" ? "DE" : "",
    closedDays: [],
    formOfAddress: "sie",
    teamFormOfAddress: "du",
    greeting: { de: "Guten Tag. Worum geht es?", en: "Hello. What is it about?" },
    accent: "#0b5a6e",
    logo: null,
    answerMinutes: 60,
    legal: { imprint: "", privacy: "" },
  };
}

export interface NewTenant {
  name: string;
  settings: TenantSettings;
  isDemo?: boolean;
}

/**
 * Creates a company with its page's web channel, in a transaction of the node's role. Announce "registry" after the commit.
 * @returns its id and its name in addresses
 */
export async function createTenant(
  tx: Tx,
  tenant: NewTenant,
  nowMs: number,
): Promise<{ id: number; slug: string }> {
  const slug = await freeSlug(tx, slugOf(tenant.name));
  const { id } = await tx
    .insertInto("kernel.tenant")
    .values({
      slug,
      name: tenant.name,
      settings: JSON.stringify(tenant.settings),
      is_demo: tenant.isDemo ?? false,
      created_at: new Date(nowMs),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx.insertInto("kernel.tenant_seq").values({ tenant_id: id }).execute();
  // Its own page with the chat works from the first minute; other channels need a provider.
  await tx
    .insertInto("kernel.channel")
    .values({
      tenant_id: id,
      kind: "web",
      app_id: null,
      address: randomToken(WIDGET_KEY_BYTES),
      name: tenant.name.slice(0, 80),
      settings: JSON.stringify({ origins: [] }),
      created_at: new Date(nowMs),
    })
    .execute();
  return { id, slug };
}

const SLUG_CHARACTERS = 50;
const WIDGET_KEY_BYTES = 15;

/** "Bäckerei Öhlmann & Söhne" -> "baeckerei-oehlmann-soehne" */
export function slugOf(name: string): string {
  const letters: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const plain = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => letters[letter] ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_CHARACTERS)
    .replace(/^-+|-+$/g, "");
  return plain || "company";
}

/** Two companies of one name: the second gets a number. Its unique key decides a race. */
async function freeSlug(tx: Tx, wanted: string): Promise<string> {
  const { rows } = await sql<{ slug: string }>`
    select slug from kernel.tenant where slug = ${wanted} or slug like ${`${wanted}-%`}`.execute(tx);
  const taken = new Set(rows.map((row) => row.slug));
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted}-${n}`)) n += 1;
  return `${wanted}-${n}`;
}
