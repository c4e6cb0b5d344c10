import { grantConsent, type Kernel, localDate } from "#kernel";
import type { Fact } from "../../skills/advocate/api.ts";
import { words } from "../../skills/advocate/flows/words.ts";
import { addMonths, isoDay, readDay } from "../../skills/advocate/rules/dates.ts";
import { normalGtin } from "../../skills/advocate/rules/gtin.ts";
import { putPrice, putRecall, putTariff } from "../../skills/advocate/store/company-data.ts";
import { importFacts } from "../../skills/advocate/store/import.ts";
import { PURPOSE } from "../../skills/advocate/store/round.ts";
import type { AdvocateTables } from "../../skills/advocate/tables.ts";
import { type Past, seedPast } from "./advocate-past.ts";
import type { SeededPerson } from "./persons.ts";

/** What customers have, who wants to be warned, and what came of the warnings of a month ago. */

export interface AdvocateFile {
  evidence: string;
  /** Who wants to be warned, by place among the persons. */
  persons: number[];
  /** CSV by kind, with days that are counted from today: see `dated`. */
  now: Partial<Record<Fact["kind"], string>>;
  prices: { gtin: string; priceCents: number }[];
  recalls: { reference: string; gtin: string; batch: string; de: string; en: string }[];
  tariffs: { reference: string; title: string; unit: string; baseCents: number; unitMilliCents: number }[];
  past: Past;
}

const DAY_MS = 86_400_000;
/** They agreed so long before the warnings of the past. */
const AGREED_DAYS = 3;

export async function seedAdvocate(
  kernel: Kernel,
  tenantId: number,
  { file, persons }: { file: AdvocateFile; persons: readonly SeededPerson[] },
): Promise<void> {
  const now = kernel.clock.now();
  const { timeZone } = await kernel.profile(tenantId);
  const today = localDate(now, timeZone);
  await agree(kernel, tenantId, {
    file,
    persons,
    now: now - (file.past.daysAgo + AGREED_DAYS) * DAY_MS,
  });
  await seedPast(kernel, tenantId, { past: file.past, persons, timeZone });
  await kernel.db.tenant<void, AdvocateTables>(tenantId, async (tx) => {
    for (const { gtin, priceCents } of file.prices)
      await putPrice(tx, tenantId, { gtin: normalGtin(gtin) ?? gtin, priceCents, now });
    for (const { reference, gtin, batch, de, en } of file.recalls)
      await putRecall(tx, tenantId, {
        reference,
        gtin: normalGtin(gtin) ?? gtin,
        batch,
        text: { de, en },
        now,
      });
    for (const { baseCents, ...tariff } of file.tariffs)
      await putTariff(tx, tenantId, {
        ...tariff,
        baseCentsPerMonth: baseCents,
        yearlyFrom: 0,
        yearlyTo: null,
        open: true,
      });
  });
  for (const [kind, csv] of Object.entries(file.now)) {
    const { refused } = await importFacts(kernel, tenantId, {
      kind: kind as Fact["kind"],
      csv: dated(csv, today, persons),
    });
    if (refused[0]) throw new Error(`demo: ${kind}, line ${refused[0].line}: ${refused[0].reason}`);
  }
}

/** In the words of the chat's menu, kept with where it was said. */
async function agree(
  kernel: Kernel,
  tenantId: number,
  { file, persons, now }: { file: AdvocateFile; persons: readonly SeededPerson[]; now: number },
): Promise<void> {
  const { formOfAddress: form } = await kernel.profile(tenantId);
  const grants = file.persons.map((place) => {
    const { contactId, channelId, language } = persons[place] as SeededPerson;
    return {
      contactId,
      channelId,
      purpose: PURPOSE,
      topic: "",
      language,
      text: words({ language, form }, "promise_all"),
      how: "import" as const,
      evidence: { evidence: file.evidence, givenAt: new Date(now).toISOString() },
      expiresAt: null,
    };
  });
  await kernel.db.tenant(tenantId, (tx) => grantConsent(tx, { tenantId, grants, now }));
}

/**
 * Puts days and persons into a table: `@7` is the eighth person, `@day-12` twelve days ago, `@month-11+9` nine days after the
 * day eleven months ago, `@uses:A,@7,T,2` a use of 2 in each of the last twelve months.
 */
function dated(csv: string, today: string, persons: readonly SeededPerson[]): string {
  const day = readDay(today) ?? 0;
  const identityOf = (place: string) => {
    const { kind, value } = (persons[Number(place)] as SeededPerson).identity;
    return `${kind}:${value}`;
  };
  return csv
    .replace(
      /@uses:([^,\n]+),([^,\n]+),([^,\n]+),(\d+)/g,
      (...[, contract, person, title, amount]: string[]) =>
        Array.from({ length: 12 }, (_unused, n) => isoDay(addMonths(day, -1 - n)).slice(0, 7))
          .map((month) => `${contract}-${month},${person},${title},${contract},${month},${amount}`)
          .join("\n"),
    )
    .replace(/@month([+-]\d+)(?:([+-]\d+))?/g, (_, months, days) =>
      isoDay(addMonths(day, Number(months)) + Number(days ?? 0)),
    )
    .replace(/@day([+-]\d+)/g, (_, days) => isoDay(day + Number(days)))
    .replace(/@(\d+)/g, (_, place) => identityOf(place));
}
