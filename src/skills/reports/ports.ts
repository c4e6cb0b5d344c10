import type { House } from "#kernel";

/** What this skill asks of the house; bound in src/skills.ts. Times are ms since the epoch. */
export interface NoticeDrafts {
  /**
   * Makes a draft for the subscribers of a topic; an editor still sends it.
   * @param draft reference: the same one makes no second draft
   * @returns the notice's id
   * @throws AppError for a topic that does not exist
   */
  draftNotice(
    house: House,
    draft: {
      tenantId: number;
      topicId: number;
      reference: string;
      title: string;
      texts: { de: string; en: string };
      createdBy: string;
      now: number;
    },
  ): Promise<number>;
}
