import type { Actor, Files, House, ReplyInput, Tx } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. */
export interface Desk {
  /** Where bytes are kept. */
  files(house: House): Pick<Files, "receive" | "read">;
  /**
   * Sends an agent's words inside the caller's transaction, through the one gate.
   * @throws AppError window_closed, not_allowed_to_contact
   */
  reply(
    house: House,
    tx: Tx,
    actor: Actor,
    to: { conversationId: number; input: ReplyInput },
  ): Promise<string>;
}
