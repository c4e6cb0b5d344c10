import { listGrants } from "../consent/grants.ts";
import { kernelRoom } from "../contacts/personal-data.ts";
import type { Tx } from "../db/open.ts";
import type { Language } from "../i18n/catalogue.ts";
import { readableWords } from "./readable-words.ts";
import { ASKED_BY_MAIL, shownStaff } from "./readers.ts";
import { titleOf, type Visit } from "./room.ts";

/** Everything every room holds about a person, as its rows say it; colleagues stand in it by what a customer may read. */
export interface PersonExport {
  company: string;
  exportedAt: string;
  /** Room -> its data. */
  rooms: Record<string, Record<string, unknown>>;
}

export async function exportPerson(visit: Visit, language: Language): Promise<PersonExport> {
  const { tx, rooms, contactIds, kernel, link, profile, now } = visit;
  const all = [...rooms, kernelRoom(link.tenantId, kernel.clock.now)];
  const data: Record<string, Record<string, unknown>> = {};
  for (const room of all) data[room.id] = await room.personalData.export(tx as Tx, contactIds);
  data.consent = { grants: await grantsOf(visit) };
  const staff = await shownStaff(tx, profile, (role) => readableWords[language].roles[role]);
  return {
    company: profile.name,
    exportedAt: new Date(now).toISOString(),
    rooms: withNames(data, staff) as PersonExport["rooms"],
  };
}

/** Every permission ever given, with its exact words. */
async function grantsOf({ tx, link, contactIds, rooms }: Visit): Promise<unknown[]> {
  const grants = await listGrants(tx, { tenantId: link.tenantId, contactIds });
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return grants.map((grant) => ({
    ...grant,
    why: titleOf(rooms, grant.purpose),
    grantedAt: time(grant.grantedAt),
    expiresAt: time(grant.expiresAt),
    withdrawnAt: time(grant.withdrawnAt),
  }));
}

const NUMBER_OF_QUESTION = new RegExp(`(?<=^${ASKED_BY_MAIL})\\d+$`);

/** Accounts of colleagues become what the customer may read; times become text. */
function withNames(value: unknown, staff: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return staff.get(value.replace(NUMBER_OF_QUESTION, "")) ?? value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one) => withNames(one, staff));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNames(one, staff)]));
}
