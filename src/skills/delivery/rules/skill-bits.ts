/** What a parcel needs and a courier has, as bits of one number. */

export const SKILL_BITS = { cold: 1, age_check: 2, fragile: 4 } as const;
export type SkillName = keyof typeof SKILL_BITS;
export const SKILL_NAMES = Object.keys(SKILL_BITS) as readonly SkillName[];

export function bitsOf(names: readonly SkillName[]): number {
  return names.reduce((bits, name) => bits | SKILL_BITS[name], 0);
}

export function namesOf(bits: number): SkillName[] {
  return SKILL_NAMES.filter((name) => (bits & SKILL_BITS[name]) !== 0);
}
