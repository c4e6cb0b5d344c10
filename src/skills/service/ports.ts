import type { TenantProfile } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. All times are ms since the epoch. */
export interface Hours {
  /** Is somebody there at this moment? */
  isOpen(profile: TenantProfile, atMs: number): boolean;
  /** The first moment at or after `atMs` at which somebody is there; null when there is none in sight. */
  nextOpening(profile: TenantProfile, atMs: number): number | null;
  /** By when a person answers somebody who waits since `sinceMs`. */
  dueAt(profile: TenantProfile, sinceMs: number): number;
}
