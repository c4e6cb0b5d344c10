import { readFile } from "node:fs/promises";
import { createTenant, insertStaff, type Kernel } from "#kernel";

/** What both demo companies begin with: settings, departments, colleagues, text blocks. */

export interface CompanyFile {
  name: string;
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
  departments: { id: string; name: { de: string; en: string } }[];
  staff: DemoColleague[];
  textBlocks: { title: { de: string; en: string }; text: { de: string; en: string } }[];
}

export interface DemoColleague {
  name: string;
  email: string;
  role: "owner" | "manager" | "agent";
  department: string;
}

const DEMO = new URL("../../../demo/", import.meta.url);

/** @returns reads a file of this company */
export function filesOf(folder: string): (name: string) => Promise<string> {
  return (name) => readFile(new URL(`${folder}/${name}`, DEMO), "utf8");
}

export async function makeCompany(
  kernel: Kernel,
  company: CompanyFile,
  logo: string | null,
): Promise<{ id: number; slug: string }> {
  const { timeZone, language, formOfAddress, teamFormOfAddress, greeting, accent } = company;
  const { holidayRegion, openingHours, closedDays, answerMinutes, legal } = company;
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
    logo,
  };
  return kernel.db.registry((tx) =>
    createTenant(tx, { name: company.name, settings, isDemo: true }, kernel.clock.now()),
  );
}

/**
 * @param guests colleagues of another company who work here, too
 * @param passwordHash one for all demo accounts: hashing is the slow part of an account
 */
export async function makeStaff(
  kernel: Kernel,
  tenantId: number,
  company: CompanyFile,
  { passwordHash, guests = [] }: { passwordHash: string; guests?: readonly DemoColleague[] },
): Promise<void> {
  const departments = await kernel.db.tenant(tenantId, async (tx) => {
    const made = await tx
      .insertInto("kernel.department")
      .values(company.departments.map(({ name }) => ({ tenant_id: tenantId, name: name[company.language] })))
      .returning(["id", "name"])
      .execute();
    await tx
      .insertInto("kernel.text_block")
      .values(
        company.textBlocks.flatMap(({ title, text }) =>
          (["de", "en"] as const).map((language) => ({
            tenant_id: tenantId,
            title: title[language],
            language,
            text: text[language],
          })),
        ),
      )
      .execute();
    const ids = new Map(made.map(({ id, name }) => [name, id]));
    return new Map(company.departments.map(({ id, name }) => [id, ids.get(name[company.language])]));
  });
  await kernel.db.registry(async (tx) => {
    for (const { name, email, role, department } of [...company.staff, ...guests])
      await insertStaff(
        tx,
        { tenantId, name, email, role, departmentId: departments.get(department) ?? null },
        passwordHash,
        kernel.clock.now(),
      );
  });
  await kernel.announce("staff", tenantId);
}
