import type { Actor, House, ReplyInput, SideMail, SideResult, TenantProfile, Tx } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. */
export interface Desk {
  /** Now, by the company's mailbox. */
  send(house: House, mail: SideMail): Promise<SideResult>;
  /**
   * An agent's words inside the caller's transaction: a note, or an answer through the one gate.
   * @returns the message's id @throws AppError window_closed, not_allowed_to_contact
   */
  reply(
    house: House,
    tx: Tx,
    actor: Actor,
    to: { conversationId: number; input: ReplyInput },
  ): Promise<string>;
  /** `answerMinutes` of opening time after a moment, ms. */
  dueAt(profile: TenantProfile, sinceMs: number): number;
}
