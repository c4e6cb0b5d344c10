/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Session } from "../state/session.ts";
import { Composer, type ComposerFile, useComposerFile } from "./composer.tsx";
import { ChatContext, useChat, useSnapshot } from "./context.ts";
import { Header } from "./header.tsx";
import { Icon } from "./icon.tsx";
import { Log } from "./log.tsx";
import { Broken, WaitingNotice } from "./notices.tsx";
import { useEndOfLog } from "./scroll.ts";
import { QuestionsAgain, Start } from "./start.tsx";

const FULL_SCREEN = "(max-width: 480px)";

function Body() {
  const { snapshot, words } = useChat();
  const { phase, conversation, showsQuestions } = snapshot;
  const area = useRef<HTMLDivElement>(null);
  const { messages, outgoing } = conversation;
  const { isAway, toEnd } = useEndOfLog(area, outgoing.at(-1)?.clientId);
  const isEmpty = messages.length + outgoing.length === 0;
  return (
    <div class="between">
      <section
        class="body"
        ref={area}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
        tabIndex={0}
        aria-label={words.chatWith(snapshot.settings?.company ?? "")}
      >
        {phase === "loading" && (
          <p class="loading" role="status">
            {words.loading}
          </p>
        )}
        {phase === "broken" && <Broken />}
        {phase === "ready" && (isEmpty ? <Start /> : <Log />)}
        {phase === "ready" && !isEmpty && showsQuestions && <QuestionsAgain />}
        {phase === "ready" && <WaitingNotice />}
      </section>
      {isAway && !isEmpty && (
        <button type="button" class="to-end" aria-label={words.newest} title={words.newest} onClick={toEnd}>
          <Icon name="arrowDown" />
        </button>
      )}
    </div>
  );
}

/** Files fall anywhere on the chat. */
function useDrop({ take }: ComposerFile) {
  const [isOver, setOver] = useState(false);
  const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  return {
    isOver,
    onDragOver: (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer?.files[0]);
    },
  };
}

const FOCUSABLE = "button:not([hidden]),a[href],textarea,input:not([hidden]),[tabindex='0']";

/** In full screen the page behind is out of sight, so Tab stays inside. */
function keepFocusInside(event: KeyboardEvent, panel: HTMLElement): void {
  if (event.key !== "Tab" || !window.matchMedia(FULL_SCREEN).matches) return;
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const active = (panel.getRootNode() as ShadowRoot).activeElement;
  const [first, last] = [stops[0], stops.at(-1)];
  const leaves = event.shiftKey ? active === first || active === panel : active === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** The opened chat: a dialog that does not lock the page, and fills it on a phone. */
export function Panel({ session }: { session: Session }) {
  const chat = useSnapshot(session);
  const { snapshot, words, language } = chat;
  const panel = useRef<HTMLElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const attached = useComposerFile();
  const { isOver, ...drop } = useDrop(attached);
  const isReady = snapshot.phase === "ready";

  useEffect(() => {
    if (!snapshot.isOpen) return;
    // A finger gets no keyboard over the questions unasked.
    const isFinger = window.matchMedia("(pointer: coarse)").matches;
    const hasHistory = session.store.get().conversation.messages.length > 0;
    (hasHistory && !isFinger ? area.current : panel.current)?.focus();
  }, [snapshot.isOpen, session]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      session.close();
    } else if (panel.current) keepFocusInside(event, panel.current);
  };
  return (
    <ChatContext.Provider value={chat}>
      <section
        ref={panel}
        class={isOver ? "panel drop" : "panel"}
        role="dialog"
        aria-label={isReady ? words.chatWith(snapshot.settings?.company ?? "") : words.loading}
        aria-modal={window.matchMedia(FULL_SCREEN).matches}
        lang={language}
        tabIndex={-1}
        hidden={!snapshot.isOpen}
        onKeyDown={onKeyDown}
        {...drop}
      >
        <Header />
        <Body />
        {isReady && <Composer area={area} attached={attached} />}
        {isOver && <p class="drop-hint">{words.dropHere}</p>}
      </section>
    </ChatContext.Provider>
  );
}
