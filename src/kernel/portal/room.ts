import type { PersonalRoom } from "../contacts/personal-data.ts";
import type { Tx } from "../db/open.ts";
import type { Kernel } from "../kernel.ts";
import type { Purpose, TopicNames } from "../skill.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import type { OpenLink } from "./link.ts";

/** A skill as the customer's page needs it: what it holds, and what for. */
export interface PortalRoom extends PersonalRoom {
  purposes: readonly Purpose[];
  topicNames?: TopicNames;
}

/** One request of one person: everything below is seen with these eyes. */
export interface Visit {
  kernel: Kernel;
  tx: Tx;
  link: OpenLink;
  profile: TenantProfile;
  /** Everybody who is this person; merged contacts are one. The root comes first. */
  contactIds: readonly number[];
  rooms: readonly PortalRoom[];
  now: number;
}

/** @returns the words of a purpose; its id where the skill is gone that declared it */
export function titleOf(rooms: readonly PortalRoom[], purposeId: string): { de: string; en: string } {
  const purpose = purposesOf(rooms).find(({ id }) => id === purposeId);
  return purpose ? { ...purpose.text } : { de: purposeId, en: purposeId };
}

export function purposesOf(rooms: readonly PortalRoom[]): Purpose[] {
  return rooms.flatMap(({ purposes }) => purposes);
}
