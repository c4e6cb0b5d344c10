export type Language = "de" | "en";
export type Form = "sie" | "du";
/** Picks the form of address. */
export type Choose = (sie: string, du: string) => string;

/** What happened, what is kept, what one can do. */
export interface Problem {
  title: string;
  rows: [string, string][];
  retry?: string;
}

/** What head and foot of every page say. */
export interface FrameWords {
  skip: string;
  otherLanguage: string;
  imprint: string;
  privacy: string;
  runsOn: string;
}

/** What a page behind a link says besides its own. */
export interface LinkWords extends FrameWords {
  title: string;
  loading: string;
  ended: Problem;
  noKey: Problem;
  unreachable: Problem;
}
