import type { VisitorEvent } from "../../contract.ts";
import { firstKnown } from "../../page-language.ts";
import type { ChatOptions, Language } from "../../seam.ts";
import { asFailure, Failure } from "../net/failure.ts";
import { followConversation, type LiveStream } from "../net/live-stream.ts";
import { type VisitorClient, visitorClient } from "../net/visitor-client.ts";
import { EMPTY, withEvent, withHistory } from "./conversation.ts";
import { ensureVisitor, knownVisitor } from "./identity.ts";
import { Receipts } from "./receipts.ts";
import { Sender, type Spoken } from "./sender.ts";
import { createStore, type Store } from "./snapshot.ts";
import { browserKeep, type Keep } from "./storage.ts";

/** "Is typing" ends by itself when no further sign comes. */
const TYPING_SHOWN_MS = 6_000;
const TYPING_TOLD_EVERY_MS = 3_000;

const OFFLINE = new Failure("network", "0");

/** One visitor's conversation with one company: what is shown (store) and what can be done. */
export class Session {
  readonly store: Store;
  readonly client: VisitorClient;
  readonly #options: ChatOptions;
  readonly #keep: Keep;
  readonly #sender: Sender;
  readonly #receipts: Receipts;
  #stream: LiveStream | null = null;
  #isJoining = false;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #typingTold_ms = 0;

  /** What stands in the field at first. */
  readonly draft: string;

  constructor(options: ChatOptions) {
    this.draft = options.draft;
    this.#options = options;
    this.#keep = browserKeep(options.key);
    this.client = visitorClient(options.base, options.key);
    this.store = createStore({
      phase: "loading",
      failure: null,
      settings: null,
      conversation: EMPTY,
      trouble: null,
      retryAt_ms: null,
      language: this.#firstLanguage(),
      isOpen: false,
      unread: 0,
      showsQuestions: false,
    });
    const { client, store } = this;
    this.#sender = new Sender({
      client,
      store,
      keep: this.#keep,
      onSent: (visitor) => void this.#join(visitor, true),
    });
    this.#receipts = new Receipts(client, store);
    window.addEventListener("online", () => this.retry());
    window.addEventListener("offline", () => store.set({ trouble: OFFLINE, retryAt_ms: null }));
    document.addEventListener("visibilitychange", () => this.#tellSeen());
  }

  open(): void {
    this.store.set({ isOpen: true, unread: 0 });
    this.#options.onUnread(0);
    if (this.store.get().phase === "ready") this.#tellSeen();
    else void this.load();
  }

  close(): void {
    this.store.set({ isOpen: false, showsQuestions: false });
    this.#options.onClose();
  }

  /** Fetches the company's settings, and the conversation if there is one. */
  async load(): Promise<void> {
    this.store.set({ phase: "loading", failure: null });
    try {
      const settings = await this.client.settings();
      this.store.set({ phase: "ready", settings });
    } catch (cause) {
      this.store.set({ phase: "broken", failure: asFailure(cause) });
      return;
    }
    this.#sender.restore();
    const visitor = knownVisitor(this.#keep);
    if (visitor) await this.#join(visitor);
    void this.#sender.flush();
  }

  say(spoken: Spoken): boolean {
    const isTaken = this.#sender.say(spoken);
    if (isTaken) this.store.set({ showsQuestions: false });
    return isTaken;
  }

  again(clientId: string): void {
    this.#sender.again(clientId);
  }

  discard(clientId: string): void {
    this.#sender.discard(clientId);
  }

  /** Tries at once what would be tried later by itself. */
  retry(): void {
    if (this.store.get().trouble === OFFLINE) this.store.set({ trouble: null });
    void this.#sender.flush();
    if (this.#stream) this.#stream.wake();
    else {
      const visitor = knownVisitor(this.#keep);
      if (visitor && this.store.get().phase === "ready") void this.#join(visitor);
    }
  }

  /** The customer is writing. Told only where a conversation stands already: before that nothing goes to the node. */
  typing(): void {
    const visitor = knownVisitor(this.#keep);
    const now_ms = Date.now();
    if (!visitor || !this.#stream || now_ms - this.#typingTold_ms < TYPING_TOLD_EVERY_MS) return;
    this.#typingTold_ms = now_ms;
    this.client.typing(visitor).catch(() => undefined);
  }

  setLanguage(language: Language): void {
    this.store.set({ language });
    if (knownVisitor(this.#keep)) this.#keep.set("language", language);
  }

  showQuestions(): void {
    this.store.set({ showsQuestions: true });
  }

  /** The next message starts a conversation nobody here has seen. The company keeps its copy. */
  forget(): void {
    this.#stream?.stop();
    this.#stream = null;
    this.#sender.stop();
    for (const name of ["visitor", "queue", "language"]) this.#keep.remove(name);
    this.store.set({ conversation: EMPTY, unread: 0, showsQuestions: false });
  }

  #firstLanguage(): Language {
    const { language, pageLanguage } = this.#options;
    return firstKnown([this.#keep.get("language"), language, ...navigator.languages]) ?? pageLanguage;
  }

  /**
   * History first, then the stream from where the history ends: nothing between the two is missed.
   * @param hasSpoken the node took a message of ours; without one an empty history is nothing to follow.
   */
  async #join(visitor: string, hasSpoken = false): Promise<void> {
    if (this.#stream || this.#isJoining) return;
    this.#isJoining = true;
    try {
      const cursor = await this.#fetchHistory(visitor);
      // Deleted from this browser meanwhile: what comes now belongs to nobody here.
      if (knownVisitor(this.#keep) !== visitor) return;
      if (!hasSpoken && this.store.get().conversation.messages.length === 0) return;
      this.#stream = followConversation(this.client, visitor, cursor, {
        onEvent: (event) => this.#take(event, visitor),
        onOpen: () => this.store.set({ trouble: null, retryAt_ms: null }),
        onLost: (failure) => this.#lost(failure),
      });
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.isPassing) {
        this.store.set({ trouble: failure });
        setTimeout(() => this.retry(), (failure.retryAfter_s ?? 5) * 1_000);
      }
    } finally {
      this.#isJoining = false;
    }
  }

  async #fetchHistory(visitor: string): Promise<string> {
    const history = await this.client.history(visitor);
    const { conversation } = this.store.get();
    this.store.set({ conversation: withHistory(conversation, history), trouble: null });
    this.#tellSeen();
    return history.cursor;
  }

  #take(event: VisitorEvent, visitor: string): void {
    if (event.type === "reset") {
      void this.#fetchHistory(visitor).catch(() => undefined);
      return;
    }
    const { conversation, isOpen, unread } = this.store.get();
    const next = withEvent(conversation, event);
    const isNew = next.messages.length > conversation.messages.length && event.type === "message";
    const counts = isNew && event.message.author !== "customer" && !isOpen;
    this.store.set({ conversation: next, unread: counts ? unread + 1 : unread });
    if (counts) this.#options.onUnread(unread + 1);
    if (event.type === "typing") this.#expectTyping();
    if (isNew) this.#tellSeen();
  }

  #expectTyping(): void {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      const { conversation } = this.store.get();
      this.store.set({ conversation: { ...conversation, typing: null } });
    }, TYPING_SHOWN_MS);
  }

  #lost(failure: Failure): void {
    if (failure.isPassing) this.store.set({ trouble: failure });
    else {
      this.#stream?.stop();
      this.#stream = null;
    }
  }

  #tellSeen(): void {
    if (knownVisitor(this.#keep)) this.#receipts.tell(ensureVisitor(this.#keep));
  }
}
