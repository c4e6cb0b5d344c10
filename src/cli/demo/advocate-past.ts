import { instantOf, type Kernel, localDate } from "#kernel";
import { KEEP } from "../../skills/advocate/flows/index.ts";
import { advocateTimers, runRound } from "../../skills/advocate/jobs.ts";
import { addMonths, isoDay, readDay } from "../../skills/advocate/rules/dates.ts";
import { normalGtin } from "../../skills/advocate/rules/gtin.ts";
import { putPrice } from "../../skills/advocate/store/company-data.ts";
import { listFacts } from "../../skills/advocate/store/facts.ts";
import { importFacts } from "../../skills/advocate/store/import.ts";
import type { AdvocateTables } from "../../skills/advocate/tables.ts";
import { arrive, at } from "./moments.ts";
import type { SeededPerson } from "./persons.ts";

/** The warnings of a month ago, by the rules themselves with the clock of that day, and what customers made of them. */

export interface Past {
  daysAgo: number;
  contract: { title: string; persons: number[]; monthlyCents: number; cancelled: number; kept: number };
  purchase: {
    title: string;
    gtin: string;
    persons: number[];
    priceCents: number;
    nowCents: number;
    returned: number;
  };
}

const DAY_MS = 86_400_000;
const MORNING_MINUTES = 10 * 60;
/** The contracts' last day to cancel, and the end of the return period, came so many days after the warning. */
const DAYS_LEFT = 9;
const ANSWERED_DAYS = 2;

export async function seedPast(
  kernel: Kernel,
  tenantId: number,
  { past, persons, timeZone }: { past: Past; persons: readonly SeededPerson[]; timeZone: string },
): Promise<void> {
  const day = localDate(kernel.clock.now() - past.daysAgo * DAY_MS, timeZone);
  const warnedAt = instantOf(timeZone, day, MORNING_MINUTES);
  const then = at(kernel, warnedAt);
  const tables = tablesOf(past, persons, readDay(day) ?? 0);
  await importFacts(then, tenantId, { kind: "contract", csv: tables.contract(0) });
  await importFacts(then, tenantId, { kind: "purchase", csv: tables.purchase(0) });
  const { gtin, nowCents: priceCents } = past.purchase;
  await kernel.db.tenant<void, AdvocateTables>(tenantId, (tx) =>
    putPrice(tx, tenantId, { gtin: normalGtin(gtin) ?? gtin, priceCents, now: warnedAt }),
  );
  await runRound(then, tenantId, null);
  await arrive(kernel, tenantId);
  const later = at(kernel, warnedAt + ANSWERED_DAYS * DAY_MS);
  await importFacts(later, tenantId, { kind: "contract", csv: tables.contract(past.contract.cancelled) });
  await importFacts(later, tenantId, { kind: "purchase", csv: tables.purchase(past.purchase.returned) });
  await keepContracts(later, tenantId, { past, persons });
}

/** @returns the export of the company's systems, after the first so many had cancelled or returned */
function tablesOf(past: Past, persons: readonly SeededPerson[], day: number) {
  const { contract, purchase } = past;
  const identity = (place: number) => {
    const { kind, value } = (persons[place] as SeededPerson).identity;
    return `${kind}:${value}`;
  };
  const answeredOn = isoDay(day + ANSWERED_DAYS);
  const start = isoDay(addMonths(day, -11) + DAYS_LEFT + 1);
  const returnUntil = isoDay(day + DAYS_LEFT);
  const table = (head: string, lines: readonly string[]) => [head, ...lines, ""].join("\n");
  return {
    contract: (cancelled: number) =>
      table(
        "reference,identity,title,start,minimumMonths,noticePeriod,renewalMonths,postTermNotice,monthlyCents,cancelled",
        contract.persons.map(
          (place, n) =>
            `LP-9${String(n).padStart(2, "0")},${identity(place)},${contract.title},${start},12,1M,indefinite,1M,${contract.monthlyCents},${n < cancelled ? answeredOn : ""}`,
        ),
      ),
    purchase: (returned: number) =>
      table(
        "reference,identity,title,gtin,priceCents,boughtOn,returnUntil,returnedOn",
        purchase.persons.map(
          (place, n) =>
            `HK-19${String(n).padStart(3, "0")}-1,${identity(place)},${purchase.title},${purchase.gtin},${purchase.priceCents},${isoDay(day - ANSWERED_DAYS)},${returnUntil},${n < returned ? answeredOn : ""}`,
        ),
      ),
  };
}

/** As the tap on "keep" does it. */
async function keepContracts(
  then: Kernel,
  tenantId: number,
  { past, persons }: { past: Past; persons: readonly SeededPerson[] },
): Promise<void> {
  const { cancelled, kept } = past.contract;
  const keep = advocateTimers(then, null)[KEEP];
  for (const place of past.contract.persons.slice(cancelled, cancelled + kept)) {
    const { contactId, channelId } = persons[place] as SeededPerson;
    const facts = await then.db.tenant<Awaited<ReturnType<typeof listFacts>>, AdvocateTables>(
      tenantId,
      (tx) => listFacts(tx, tenantId, { contactId, after: 0, limit: 20 }),
    );
    const factId = facts.find(({ kind }) => kind === "contract")?.id;
    const payload = { contactId, channelId, messageId: "", factId };
    await keep?.({ tenantId, kind: KEEP, key: String(factId), payload, attempts: 0 } as never);
  }
}
