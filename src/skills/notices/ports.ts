import type { House } from "#kernel";
import type { Objection } from "./rules/veto.ts";

/** What this skill asks of the house; bound in src/skills.ts. Times are ms since the epoch. */

/** An advocate's objections. */
export interface Vetoes {
  /**
   * Asked before a promotional notice is queued.
   * @param about what it advertises: GTINs, product names; empty = nothing in particular
   * @returns contact id -> the warning that objects
   */
  vetoed(
    house: House,
    asked: { tenantId: number; contactIds: readonly number[]; about: readonly string[]; now: number },
  ): Promise<ReadonlyMap<number, Objection>>;
}

/** Asks an address for its yes. */
export interface OptIn {
  /** @returns false when the company has no mailbox that could ask */
  ask(
    house: House,
    request: {
      tenantId: number;
      email: string;
      language: "de" | "en";
      subject: string;
      text: string;
      token: string;
    },
  ): Promise<boolean>;
}
