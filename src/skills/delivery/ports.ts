import type { House } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. */

export interface OwnerLetter {
  readonly tenantId: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same at every try, so that a mail program shows a second one as the first. */
  readonly key: string;
}

/** Mail to whoever owns the company, from its own mailbox: no customer's channel, so neither consent nor outbox are asked. */
export interface OwnerPost {
  /**
   * @returns sent; no_mailbox; again: the server did not take it; refused: nor will it; doubtful: nobody knows. Never throws for
   * what the other side does.
   */
  send(house: House, letter: OwnerLetter): Promise<"sent" | "no_mailbox" | "again" | "refused" | "doubtful">;
  /** "https://chat.example.org/desk" */
  deskUrl(house: House): string;
}
