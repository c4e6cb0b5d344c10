import { type Company, createCompany, getCompany, updateCompany } from "../api/company.ts";
import { openAuth } from "../auth/actor.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type Actor, type AnyRoute, type Call, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { createTenant, defaultSettings, type TenantSettings } from "./create.ts";
import { STATES } from "./holidays.ts";
import { sanitiseLogo } from "./logo.ts";
import { isTimeZone } from "./zone-time.ts";

/** The company's settings: what everything reads. */
export function companyRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(getCompany, ({ actor }) =>
      kernel.db.tenant(actor.tenantId, (tx) => readCompany(tx, actor.tenantId)),
    ),
    route(updateCompany, (call) => update(kernel, call)),
    route(createCompany, ({ actor, body }) => create(kernel, actor, body)),
  ];
}

async function readCompany(tx: Tx, tenantId: number): Promise<Company> {
  const row = await tx
    .selectFrom("kernel.tenant")
    .select(["id", "slug", "name", "settings"])
    .where("id", "=", tenantId)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found");
  const settings = row.settings as unknown as TenantSettings;
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    timeZone: settings.timeZone,
    language: settings.language,
    openingHours: settings.openingHours.map(({ weekday, from, to }) => ({ weekday, from, to })),
    holidayRegion: settings.holidayRegion,
    closedDays: [...settings.closedDays],
    formOfAddress: settings.formOfAddress,
    teamFormOfAddress: settings.teamFormOfAddress,
    greeting: { de: settings.greeting.de, en: settings.greeting.en },
    accent: settings.accent,
    logo: settings.logo,
    answerMinutes: settings.answerMinutes,
    legal: { imprint: settings.legal.imprint, privacy: settings.legal.privacy },
    staffShownAs: settings.staffShownAs ?? "first_name",
  };
}

async function update(kernel: Kernel, { actor, body }: Call<typeof updateCompany>): Promise<Company> {
  const faults = faultsOf(body);
  if (faults.length > 0) throw new AppError("bad_request", undefined, faults);
  const { name, ...settings } = body;
  if (settings.logo) settings.logo = sanitiseLogo(settings.logo);
  const company = await kernel.db.tenant(actor.tenantId, async (tx) => {
    const row = await tx
      .selectFrom("kernel.tenant")
      .select(["name", "settings"])
      .where("id", "=", actor.tenantId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await tx
      .updateTable("kernel.tenant")
      .set({ name: name ?? row.name, settings: JSON.stringify({ ...row.settings, ...settings }) })
      .where("id", "=", actor.tenantId)
      .execute();
    await appendEvents(tx, actor.tenantId, [{ type: "company.changed" }], kernel.clock.now());
    return readCompany(tx, actor.tenantId);
  });
  await loadEverywhere(kernel, actor.tenantId);
  return company;
}

/** Here at once, in the other processes by the announcement. */
async function loadEverywhere(kernel: Kernel, tenantId: number): Promise<void> {
  await Promise.all([kernel.announce("registry", tenantId), kernel.registry.reload()]);
}

function faultsOf(body: Partial<Company>): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  if (body.timeZone !== undefined && !isTimeZone(body.timeZone))
    faults.push({ path: "timeZone", message: "unknown time zone" });
  const region = body.holidayRegion;
  if (region && region !== "DE" && !(STATES as readonly string[]).includes(region))
    faults.push({ path: "holidayRegion", message: `one of "", DE, ${STATES.join(", ")}` });
  for (const [n, hours] of (body.openingHours ?? []).entries()) {
    if (hours.from >= "24:00" || hours.to > "24:00" || hours.from === hours.to)
      faults.push({ path: `openingHours.${n}`, message: "from 00:00 to 24:00, and not the same time twice" });
  }
  for (const place of ["imprint", "privacy"] as const) {
    const address = body.legal?.[place];
    if (address && !/^https?:\/\/[^\s"<>]+$/i.test(address))
      faults.push({ path: `legal.${place}`, message: "an address that begins with https://" });
  }
  return faults;
}

/** @throws AppError forbidden for an API key: a company belongs to a person */
async function create(
  kernel: Kernel,
  actor: Actor,
  body: { name: string; timeZone: string; language: "de" | "en" },
): Promise<Company> {
  if (actor.staffId.startsWith("key:")) throw new AppError("forbidden", "Only a person can found a company.");
  if (!isTimeZone(body.timeZone))
    throw new AppError("bad_request", undefined, [{ path: "timeZone", message: "unknown time zone" }]);
  const now = kernel.clock.now();
  const company = await kernel.db.registry(async (tx) => {
    const { id } = await createTenant(tx, { name: body.name, settings: defaultSettings(body) }, now);
    await tx
      .insertInto("kernel.staff")
      .values({
        tenant_id: id,
        user_id: actor.staffId,
        name: actor.name,
        role: "owner",
        department_id: null,
        created_at: new Date(now),
      })
      .execute();
    return readCompany(tx, id);
  });
  openAuth(kernel).memberships.forget();
  await Promise.all([loadEverywhere(kernel, company.id), kernel.announce("staff", company.id)]);
  return company;
}
