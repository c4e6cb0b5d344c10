/** @jsxImportSource preact */
import { render } from "preact";
import tokens from "../../ui/tokens.css?inline";
import type { ChatHandle, ChatOptions } from "../seam.ts";
import { accentStyle } from "./accent.ts";
import { loadFonts } from "./fonts.ts";
import { Session } from "./state/session.ts";
import { CHAT_STYLE } from "./style/style.ts";
import { hostTokens } from "./tokens.ts";
import { Panel } from "./view/panel.tsx";

function adopt(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Puts the chat beside its button. Called once, after the first click. */
export function mount(options: ChatOptions): ChatHandle {
  const { root } = options;
  adopt(root, hostTokens(tokens));
  adopt(root, CHAT_STYLE);
  const session = new Session(options);
  let hasFonts = false;
  const stopWaiting = session.store.subscribe(() => {
    const { settings, phase } = session.store.get();
    // Fonts wait for the first answer, whatever it is: the conversation goes first.
    if (phase !== "loading" && !hasFonts) {
      hasFonts = true;
      void loadFonts();
    }
    if (!settings) return;
    stopWaiting();
    adopt(root, accentStyle(":host", settings.accent));
  });
  const place = document.createElement("div");
  root.append(place);
  render(<Panel session={session} />, place);
  return { open: () => session.open() };
}
