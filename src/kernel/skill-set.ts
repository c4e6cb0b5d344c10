import { checkCatalogue } from "./i18n/catalogue.ts";
import type { SkillManifest } from "./skill.ts";

const ID = /^[a-z][a-z0-9_]{0,30}$/;

/**
 * Start-up refuses a set of skills with a fault, all faults named at once: a node that half works is worse
 * than one that does not start.
 * @throws Error with one line per fault
 */
export function checkSkills(skills: readonly SkillManifest[]): void {
  const faults: string[] = [];
  const ids = new Set<string>();
  const purposes = new Map<string, string>();
  for (const skill of skills) {
    if (!ID.test(skill.id)) faults.push(`Skill ${skill.id}: an id is a lower-case word`);
    if (ids.has(skill.id)) faults.push(`Skill ${skill.id}: the id is taken`);
    ids.add(skill.id);
    faults.push(...faultsOf(skill));
    for (const purpose of skill.purposes) {
      const owner = purposes.get(purpose.id);
      if (owner) faults.push(`Skill ${skill.id}: purpose ${purpose.id} belongs to ${owner}`);
      purposes.set(purpose.id, skill.id);
    }
  }
  if (faults.length > 0) throw new Error(`The skills do not fit together:\n${faults.join("\n")}`);
}

function faultsOf(skill: SkillManifest): string[] {
  const faults: string[] = [];
  try {
    checkCatalogue(skill.id, skill.messages);
  } catch (error) {
    faults.push((error as Error).message);
  }
  for (const type of Object.keys(skill.events)) {
    if (!type.startsWith(`${skill.id}.`))
      faults.push(`Skill ${skill.id}: event ${type} does not begin with ${skill.id}.`);
  }
  if (skill.flow && skill.purposes.length === 0)
    faults.push(`Skill ${skill.id}: it speaks to customers and declares no purpose`);
  for (const purpose of skill.purposes) {
    if (!purpose.id.startsWith(`${skill.id}.`))
      faults.push(`Skill ${skill.id}: purpose ${purpose.id} does not begin with ${skill.id}.`);
    if (!(purpose.keepDays > 0)) faults.push(`Skill ${skill.id}: purpose ${purpose.id} needs keepDays > 0`);
  }
  return faults;
}
