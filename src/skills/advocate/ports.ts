import type { House } from "#kernel";
import type { WarningTemplate } from "./rules/template.ts";

/** What this skill asks for: templates that carry a warning where a provider's window is closed. */
export interface WarningTemplates {
  /** Those that the company keeps for warnings, whatever the provider thinks of them. */
  ofCompany(house: House, tenantId: number): Promise<readonly WarningTemplate[]>;
}

/** What this skill offers; others declare what they ask for, and src/skills.ts binds it. */
export interface Vetoes {
  /**
   * Asked before a promotional notice is queued: has the advocate warned these persons of the same thing?
   * @param about what it advertises: GTINs, names; empty = nothing in particular, which nobody objects to
   * @returns contact id -> the warning that objects; its last day is YYYY-MM-DD
   */
  vetoed(
    house: House,
    asked: { tenantId: number; contactIds: readonly number[]; about: readonly string[]; now: number },
  ): Promise<
    ReadonlyMap<
      number,
      { readonly rule: string; readonly until: string; readonly subjects: readonly string[] }
    >
  >;
}
