import type { Kernel, Language } from "#kernel";
import { readPacks } from "../../skills/service/adapters/pack-files.ts";
import { importKnowledge } from "../../skills/service/store/import.ts";
import { applyPack } from "../../skills/service/store/pack-apply.ts";
import { type BusinessFile, seedBusiness } from "./business.ts";
import { type CompanyFile, type DemoColleague, filesOf, makeCompany, makeStaff } from "./companies.ts";
import { seedOrders } from "./lookups.ts";
import { type NoticesFile, seedNotices } from "./notices.ts";

/** Schraubenwerk Lüders, a maker of screws and presses whose customers are companies. */

const read = filesOf("lueders");
const PACK = "machine-maker";
const LANGUAGES = ["de", "en"] as const;

/** Everything but what it knows: see {@link teachLueders}. */
export async function makeLueders(
  kernel: Kernel,
  { passwordHash, guests }: { passwordHash: string; guests: readonly DemoColleague[] },
): Promise<{ id: number; slug: string }> {
  const company = JSON.parse(await read("company.json")) as CompanyFile;
  const made = await makeCompany(kernel, company, null);
  await kernel.registry.reload();
  await makeStaff(kernel, made.id, company, { passwordHash, guests });
  return made;
}

/**
 * As a company does it: the starter pack of its trade with its own facts, then what only it is asked. The worker learns it
 * as soon as it runs: nobody's start waits for the second company.
 */
export async function teachLueders(kernel: Kernel, tenantId: number): Promise<void> {
  const { packs } = await readPacks();
  const pack = packs.get(PACK);
  if (!pack) throw new Error(`The demo's pack ${PACK} is missing`);
  const values = factsOf(await read("facts.json"));
  await applyPack(kernel, tenantId, packs, { pack, languages: LANGUAGES, values });
  await importKnowledge(kernel, tenantId, {
    language: "de",
    examples: await read("examples.csv"),
    answers: await read("topics.csv"),
    mostAsked: JSON.parse(await read("most-asked.json")),
  });
}

/** A fact stands once where it is the same in both languages. */
function factsOf(text: string): { name: string; language: Language; value: string }[] {
  const facts = JSON.parse(text) as Record<string, string | Record<Language, string>>;
  return Object.entries(facts).flatMap(([name, value]) =>
    LANGUAGES.map((language) => ({
      name,
      language,
      value: typeof value === "string" ? value : value[language],
    })),
  );
}

/** Its customers, what they ordered, and what it tells them. */
export async function enlivenLueders(kernel: Kernel, tenantId: number): Promise<void> {
  await seedBusiness(kernel, tenantId, JSON.parse(await read("business.json")) as BusinessFile);
  await seedOrders(kernel, tenantId, {
    text: await read("orders.csv"),
    prefix: "LS-",
    name: "Aufträge / Orders",
  });
  const file = JSON.parse(await read("notices.json")) as NoticesFile;
  await seedNotices(kernel, tenantId, { file, persons: [] });
}
