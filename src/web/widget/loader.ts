/**
 * The one script tag of a site: `<script src="https://node/widget.js" data-key="KEY" async></script>`.
 * Until somebody clicks it draws a button and does nothing else: no request, no storage, no cookie.
 */
import { type AskButton, placeButton } from "./button.ts";
import { firstKnown, knownLanguage } from "./page-language.ts";
import type { ChatHandle, ChatModule, Language } from "./seam.ts";

const HOST = "augenhoehe-chat";
/** At the latest then the button is there, however busy the page is. */
const IDLE_LIMIT_MS = 2_000;

function whenQuiet(start: () => void): void {
  const idle = () => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(start, { timeout: IDLE_LIMIT_MS });
    else setTimeout(start, 1);
  };
  if (document.readyState === "complete") idle();
  else window.addEventListener("load", idle, { once: true });
}

interface Site {
  key: string;
  base: string;
  data: DOMStringMap;
}

function pageLanguage(data: DOMStringMap): Language {
  return firstKnown([data.lang, document.documentElement.lang, ...navigator.languages]) ?? "en";
}

/** Browsers remember a module that failed to load, so that every new attempt needs an address of its own. */
function chatAddress(base: string, attempt: number): string {
  return `${base}widget/chat.js${attempt > 1 ? `?attempt=${attempt}` : ""}`;
}

function start({ key, base, data }: Site): void {
  if (document.querySelector(HOST)) return;
  let attempts = 0;
  let isLoading = false;
  let chat: ChatHandle | null = null;

  async function load(button: AskButton): Promise<ChatHandle> {
    attempts += 1;
    const { mount }: ChatModule = await import(/* @vite-ignore */ chatAddress(base, attempts));
    return mount({
      root: button.root,
      base,
      key,
      language: knownLanguage(data.lang),
      pageLanguage: pageLanguage(data),
      draft: data.say ?? "",
      onClose: button.closed,
      onUnread: button.unread,
    });
  }

  async function open(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    button.busy(true);
    try {
      chat ??= await load(button);
      button.opened();
      chat.open();
    } catch {
      button.trouble();
    } finally {
      isLoading = false;
      button.busy(false);
    }
  }

  const button = placeButton({
    language: pageLanguage(data),
    position: data.position === "left" ? "left" : "right",
    theme: data.theme === "dark" || data.theme === "light" ? data.theme : null,
    accent: data.accent,
    accentDark: data.accentDark,
    onClick: () => void open(),
  });
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset.key) {
  const site = { key: script.dataset.key, base: new URL(".", script.src).href, data: { ...script.dataset } };
  whenQuiet(() => start(site));
}
