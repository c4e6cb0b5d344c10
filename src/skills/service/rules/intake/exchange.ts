import type { Language } from "../language.ts";

/** What is read out of a company's own archive: what somebody asked, and what staff answered. */
export interface Exchange {
  readonly question: string;
  /** null where nobody answered, or the answer is not in the file. */
  readonly answer: string | null;
  /** Who asked, as far as it tells one person from another; never kept. */
  readonly asker: string;
  /** Names of both sides, which must not stay in an example. */
  readonly names: readonly string[];
}

/** What a file held; every count is what its reader met. */
export interface Archive {
  readonly exchanges: readonly Exchange[];
  readonly counts: ArchiveCounts;
  /** Whose words were taken for the company's; "" where the file says so itself. */
  readonly own: string;
}

export interface ArchiveCounts {
  /** Mails, messages, or questions of a page. */
  readonly read: number;
  /** Newsletters, automatic answers, bounces, notes of the messenger. */
  readonly automatic: number;
  /** What could not be read. */
  readonly broken: number;
  readonly questions: number;
  readonly answered: number;
}

/** A mail as the channel reads it, without what it quotes. */
export interface ArchivedMail {
  readonly id: string;
  /** Message-IDs it answers, the nearest first. */
  readonly refers: readonly string[];
  readonly from: { readonly address: string; readonly name: string };
  readonly recipients: readonly { readonly address: string; readonly name: string }[];
  /** ms since the epoch; 0 where it says nothing readable. */
  readonly sentAt: number;
  /** Without "Re:" and the like. */
  readonly subject: string;
  /** What is said now. */
  readonly said: string;
  /** What shows that a machine wrote it; null for a person's. */
  readonly automatic: string | null;
}

/** A message of an exported conversation, in the order of the file. */
export interface ChatLine {
  readonly thread: string;
  readonly who: string;
  /** Whether the file itself says that staff wrote it; null where it does not. */
  readonly isOwn: boolean | null;
  readonly text: string;
  /** ms since the epoch, of any zone; 0 where unknown. Only spans are looked at. */
  readonly at: number;
}

/** A topic as it is proposed; nothing of it is known to the company's knowledge before somebody accepts it. */
export interface ProposedTopic {
  readonly title: string;
  readonly language: Language;
  /** How often it was asked in the file. */
  readonly asked: number;
  /** The most typical first, without personal data, each once. */
  readonly examples: readonly string[];
  /** What staff answered most alike, without personal data; null where nothing was answered. */
  readonly answer: string | null;
  /** Answers to this topic, and how many of them say much the same as the proposed one. */
  readonly answers: number;
  readonly alike: number;
}

export interface Proposals {
  readonly topics: readonly ProposedTopic[];
  /** Questions that belong to no topic, because they are like no other. */
  readonly alone: number;
}
