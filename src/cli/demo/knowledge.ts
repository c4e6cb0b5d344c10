import type { House } from "#kernel";
import { trainTenant } from "../../skills/service/jobs.ts";
import { importKnowledge, type MostAsked } from "../../skills/service/store/import.ts";

/** Fills the demo company's knowledge and trains it, so that the first question finds a model. */
export async function seedKnowledge(
  house: House,
  tenantId: number,
  files: { topics: string; examples: string; mostAsked: MostAsked[] },
): Promise<void> {
  // The demo's topics.csv is the skill's answers file.
  await importKnowledge(house, tenantId, {
    language: "de",
    examples: files.examples,
    answers: files.topics,
    mostAsked: files.mostAsked,
  });
  await trainTenant(house, tenantId);
}
