import type { House, TenantProfile, Tx } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. Times are ms since the epoch. */

/** What a customer's words name. */
export interface Understanding {
  /** E.164, with its place in the text. */
  phone(text: string): { phone: string; start: number; end: number } | undefined;
  /** The first moment or span that is named. */
  time(
    text: string,
    now: number,
    timeZone: string,
  ): { at: number; until: number | null; hasTime: boolean } | undefined;
  /** When somebody is there at or after a moment; null = not in sight. */
  nextOpening(profile: TenantProfile, at: number): number | null;
}

/** What customers ask about, counted the same whether they write or call. */
export interface Topics {
  /** A call was about this topic. Nothing for one that does not exist. */
  count(tx: Tx, tenantId: number, of: { topic: string; by: 1 | -1 }): Promise<void>;
  /** Is there such a topic? */
  has(tx: Tx, tenantId: number, topic: string): Promise<boolean>;
}

export interface Outside {
  readonly understanding: Understanding;
  readonly topics: Topics;
  /** A secret of the node. */
  readonly secret: (house: House, name: string) => Promise<string>;
  /** Our address as the world reaches it, without a slash at its end; "" = none is set. */
  readonly publicUrl: (house: House) => string;
}
