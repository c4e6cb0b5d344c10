import type { Effect, TenantProfile } from "#kernel";
import { type Priced, type Speaking, say, teamWords, valuesOf } from "./words.ts";

/** What only people can do. */

export function toPerson(
  tenant: TenantProfile,
  key: string,
  values: Readonly<Record<string, string>>,
): Effect {
  return { do: "handOver", reason: "flow", summary: teamWords(tenant, key, values) };
}

/** For colleagues, who read the company's own language. */
export const teamValues = (
  { tenant, timeZone }: Speaking,
  one: Priced & { readonly address: string },
): Readonly<Record<string, string>> => valuesOf({ tenant, timeZone, language: tenant.language }, one);

/** Its window is over, and nobody said that it was brought: that is said, and a person looks after it. */
export function sayLate(speaking: Speaking, one: Priced & { readonly address: string }): readonly Effect[] {
  return [
    { do: "say", text: say(speaking, "status.late", valuesOf(speaking, one)) },
    toPerson(speaking.tenant, "team.late", teamValues(speaking, one)),
  ];
}
