/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../../seam.ts";
import { saveText, transcript } from "../state/transcript.ts";
import { useChat, useSettings } from "./context.ts";
import { ForgetDialog } from "./forget-dialog.tsx";
import { localeOf } from "./format.ts";
import { Icon } from "./icon.tsx";
import { safeHref } from "./links.ts";

const LANGUAGES: readonly Language[] = ["de", "en"];

function LanguageChoice() {
  const { session, words, language } = useChat();
  return (
    <fieldset class="languages">
      <legend>{words.language}</legend>
      {LANGUAGES.map((one) => (
        <label key={one} lang={one}>
          <input
            type="radio"
            name="ah-language"
            checked={one === language}
            onChange={() => session.setLanguage(one)}
          />
          <span>{words.languageName[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function OutLink({ address, text }: { address: string | null; text: string }) {
  const href = address ? safeHref(address) : null;
  return href ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  ) : null;
}

function MenuBody({ onDone, onForget }: { onDone(): void; onForget(): void }) {
  const { session, words, snapshot, language } = useChat();
  const { company, whatsapp, telegram, legal } = useSettings();
  const { conversation } = snapshot;
  const hasSpoken = conversation.messages.length > 0 || conversation.outgoing.length > 0;
  const save = () => {
    const text = transcript(conversation, { company, locale: localeOf(language), now: new Date(), words });
    saveText(`${company}.txt`, text);
    onDone();
  };
  return (
    <>
      <LanguageChoice />
      {hasSpoken && (
        <div class="deeds">
          <button
            type="button"
            onClick={() => {
              session.showQuestions();
              onDone();
            }}
          >
            {words.questions}
          </button>
          <button type="button" onClick={save}>
            {words.transcript}
          </button>
          <button
            type="button"
            onClick={() => {
              session.say({ text: words.myDataPlease });
              onDone();
            }}
          >
            {words.myData}
          </button>
          <button type="button" onClick={onForget}>
            {words.forget}
          </button>
        </div>
      )}
      {(whatsapp || telegram) && (
        <p class="ways">
          <span>{words.elsewhere}</span>
          <OutLink address={whatsapp} text="WhatsApp" />
          <OutLink address={telegram} text="Telegram" />
        </p>
      )}
      <p class="legal">
        <OutLink address={legal.imprint} text={words.imprint} />
        <OutLink address={legal.privacy} text={words.privacy} />
        <span>{words.runsOn}</span>
      </p>
    </>
  );
}

/** A disclosure, not an ARIA menu: it holds a choice and links as well, and Tab walks through it. */
export function Menu() {
  const { words } = useChat();
  const [isOpen, setOpen] = useState(false);
  const [asksForget, setAsksForget] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    const onOutside = (event: Event) => {
      if (!event.composedPath().includes(place.current as EventTarget)) setOpen(false);
    };
    document.addEventListener("pointerdown", onOutside, true);
    return () => document.removeEventListener("pointerdown", onOutside, true);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    close();
  };
  const onFocusOut = (event: FocusEvent) => {
    if (event.relatedTarget && !place.current?.contains(event.relatedTarget as Node)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Escape and leaving focus of its controls
    <div class="menu" ref={place} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-label={words.menu}
        title={words.menu}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="ellipsis" />
      </button>
      {isOpen && (
        <div class="sheet">
          <MenuBody
            onDone={close}
            onForget={() => {
              setOpen(false);
              setAsksForget(true);
            }}
          />
        </div>
      )}
      {asksForget && (
        <ForgetDialog
          onDone={() => {
            setAsksForget(false);
            button.current?.focus();
          }}
        />
      )}
    </div>
  );
}
