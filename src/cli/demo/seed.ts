import { readFile } from "node:fs/promises";
import {
  createApiKey,
  createStaffAccount,
  createTenant,
  defaultSettings,
  type Kernel,
  randomToken,
} from "#kernel";
import { type BusinessFile, seedBusiness } from "./business.ts";
import { type DemoChannels, findDemoChannels, makeDemoChannels } from "./channels.ts";
import { seedFlows } from "./flows.ts";
import { seedKnowledge } from "./knowledge.ts";
import { seedLife } from "./life.ts";
import { seedOrders } from "./lookups.ts";
import { seedWeeks } from "./weeks.ts";

/** The demo: Hansekontor, a mid-sized retailer, and a second company so that "two tenants" is no theory. */

export interface DemoAccess extends DemoChannels {
  slug: string;
  tenants: readonly number[];
  apiKey: string;
  signIn: { email: string; password: string };
}

export interface SeedParts {
  /** Where the demo's own secrets are kept between starts. */
  remember: { load(): Record<string, string>; save(values: Record<string, string>): void };
  tell(sentence: string): void;
}

/** In an order in which each finds the flow it starts. */
const FLOW_FILES = ["damaged_goods", "return_parcel", "order_case"].map((name) => `flows/${name}.flow`);
const FOLDER = new URL("../../../demo/hansekontor/", import.meta.url);

interface CompanyFile {
  name: string;
  slug: string;
  legal: { imprint: string; privacy: string };
  timeZone: string;
  language: "de" | "en";
  formOfAddress: "sie" | "du";
  teamFormOfAddress: "sie" | "du";
  greeting: { de: string; en: string };
  accent: string;
  holidayRegion: string;
  openingHours: { weekday: number; from: string; to: string }[];
  closedDays: string[];
  answerMinutes: number;
  channels: { whatsapp: { displayNumber: string }; telegram: { botName: string } };
  departments: { id: string; name: { de: string; en: string } }[];
  staff: { name: string; email: string; role: "owner" | "manager" | "agent"; department: string }[];
  textBlocks: { title: { de: string; en: string }; text: { de: string; en: string } }[];
}

const read = async (name: string): Promise<string> => readFile(new URL(name, FOLDER), "utf8");

/** Seeds once; a later start finds what stands there and gives the same access again. */
export async function seedDemo(kernel: Kernel, parts: SeedParts): Promise<DemoAccess | null> {
  const company = JSON.parse(await read("company.json")) as CompanyFile;
  const found = await demoTenants(kernel);
  const kept = parts.remember.load();
  if (found.length > 0) return (await again(kernel, company, found, kept)) ?? null;
  // A node that already serves real companies is not given a demo behind their back.
  if (kernel.registry.tenantIds().length > 0) return null;
  parts.tell(`Making the demo company ${company.name} (once).`);
  const first = await makeCompany(kernel, company);
  const password = randomToken(12);
  await makeStaff(kernel, first.id, company, password);
  parts.tell("Teaching it what its customers ask, in German and English.");
  await seedKnowledge(kernel, first.id, {
    topics: await read("topics.csv"),
    examples: await read("examples.csv"),
    mostAsked: JSON.parse(await read("most-asked.json")),
  });
  const second = await makeSecond(kernel, company, password);
  const channels = await makeDemoChannels(kernel, { first: first.id, company: company.channels });
  parts.tell("Giving it customers, notices, warnings and reports.");
  await kernel.registry.reload();
  await seedFlows(kernel, first.id, await Promise.all(FLOW_FILES.map(read)));
  await seedOrders(kernel, first.id, await read("orders.csv"));
  await seedLife(kernel, first.id, read);
  await seedWeeks(kernel, first.id, read);
  const { secret } = await createApiKey(kernel, first.id, { name: "Demo", role: "owner" });
  const signIn = { email: company.staff[0]?.email ?? "", password };
  parts.remember.save({ password, apiKey: secret });
  await kernel.registry.reload();
  return { ...channels, slug: first.slug, tenants: [first.id, second], apiKey: secret, signIn };
}

async function demoTenants(kernel: Kernel): Promise<{ id: number; slug: string }[]> {
  return kernel.db.registry((tx) =>
    tx.selectFrom("kernel.tenant").select(["id", "slug"]).where("is_demo", "=", true).orderBy("id").execute(),
  );
}

async function again(
  kernel: Kernel,
  company: CompanyFile,
  found: { id: number; slug: string }[],
  kept: Record<string, string>,
): Promise<DemoAccess | undefined> {
  const [first] = found;
  const channels = first && (await findDemoChannels(kernel, first.id));
  if (!first || !channels) return undefined;
  const signIn = {
    email: company.staff[0]?.email ?? "",
    password: kept.password ?? "(as it was shown at the first start)",
  };
  return {
    ...channels,
    slug: first.slug,
    tenants: found.map((tenant) => tenant.id),
    apiKey: kept.apiKey ?? "",
    signIn,
  };
}

async function makeCompany(kernel: Kernel, company: CompanyFile): Promise<{ id: number; slug: string }> {
  const {
    timeZone,
    language,
    formOfAddress,
    teamFormOfAddress,
    greeting,
    accent,
    holidayRegion,
    openingHours,
    closedDays,
    answerMinutes,
    legal,
  } = company;
  const settings = {
    timeZone,
    language,
    formOfAddress,
    teamFormOfAddress,
    greeting,
    accent,
    holidayRegion,
    openingHours,
    closedDays,
    answerMinutes,
    legal,
    logo: await read("logo.svg").catch(() => null),
  };
  return kernel.db.registry((tx) =>
    createTenant(tx, { name: company.name, settings, isDemo: true }, kernel.clock.now()),
  );
}

async function makeStaff(
  kernel: Kernel,
  tenantId: number,
  company: CompanyFile,
  password: string,
): Promise<void> {
  const departments = await kernel.db.tenant(tenantId, async (tx) => {
    const ids = new Map<string, number>();
    for (const department of company.departments) {
      const row = await tx
        .insertInto("kernel.department")
        .values({ tenant_id: tenantId, name: department.name.de })
        .returning("id")
        .executeTakeFirstOrThrow();
      ids.set(department.id, row.id);
    }
    for (const block of company.textBlocks) {
      for (const language of ["de", "en"] as const)
        await tx
          .insertInto("kernel.text_block")
          .values({ tenant_id: tenantId, title: block.title[language], language, text: block.text[language] })
          .execute();
    }
    return ids;
  });
  for (const person of company.staff)
    await createStaffAccount(kernel, {
      tenantId,
      name: person.name,
      email: person.email,
      role: person.role,
      departmentId: departments.get(person.department) ?? null,
      password,
    });
}

/** A maker of screws whose customers are companies; the demo's owner works there too. */
async function makeSecond(kernel: Kernel, first: CompanyFile, password: string): Promise<number> {
  const settings = { ...defaultSettings({ timeZone: "Europe/Berlin", language: "de" }), accent: "#2f5d3a" };
  const { id } = await kernel.db.registry((tx) =>
    createTenant(tx, { name: "Schraubenwerk Lüders", settings, isDemo: true }, kernel.clock.now()),
  );
  await kernel.registry.reload();
  const file = JSON.parse(
    await readFile(new URL("../lueders/business.json", FOLDER), "utf8"),
  ) as BusinessFile;
  const [owner] = first.staff;
  for (const { name, email, role } of [...file.staff, ...(owner ? [owner] : [])])
    await createStaffAccount(kernel, { tenantId: id, name, email, role, departmentId: null, password });
  await seedBusiness(kernel, id, file);
  return id;
}
