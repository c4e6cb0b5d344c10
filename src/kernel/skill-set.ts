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
  for (const skill of skills) faults.push(...registerFaults(skill, purposes));
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

/** Numbers about persons serve one purpose and are made from its own data; edges join purposes that exist. */
function registerFaults(skill: SkillManifest, purposes: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const number of skill.personNumbers ?? []) {
    const own = skill.purposes.find(({ id }) => id === number.purpose);
    if (!own)
      faults.push(`Skill ${skill.id}: ${number.column} serves ${number.purpose}, which is not its purpose`);
    else if (number.keepDays > own.keepDays)
      faults.push(`Skill ${skill.id}: ${number.column} is kept longer than its purpose`);
    const foreign = number.inputs.filter((input) => input !== number.purpose);
    if (foreign.length > 0)
      faults.push(`Skill ${skill.id}: ${number.column} is made from data of ${foreign.join(", ")}`);
  }
  for (const { from, to } of skill.restrictiveEdges ?? [])
    for (const end of [from, to])
      if (!purposes.has(end)) faults.push(`Skill ${skill.id}: an edge names ${end}, which nobody declares`);
  return faults;
}
