/** What the button and the chat say to each other. Types only: the two are built and loaded separately. */

export type Language = "de" | "en";

export interface ChatOptions {
  /** Shadow root of the button; the chat lives beside it. */
  root: ShadowRoot;
  /** Address of the node, ends with "/". */
  base: string;
  /** The page's widget key. */
  key: string;
  /** Set by the site (data-lang); null: the browser decides. */
  language: Language | null;
  /** Language of the page around us, when the browser's is neither German nor English. */
  pageLanguage: Language;
  /** Words that stand in the field when the chat opens (data-say); the visitor sends them, or not. */
  draft: string;
  onClose(): void;
  onUnread(count: number): void;
}

export interface ChatHandle {
  open(): void;
}

export interface ChatModule {
  mount(options: ChatOptions): ChatHandle;
}
