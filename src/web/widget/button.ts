import { buttonStyle } from "./button-style.ts";
import { BUTTON_WORDS } from "./button-words.ts";
import type { Language } from "./seam.ts";

export interface ButtonSettings {
  language: Language;
  position: "left" | "right";
  theme: "light" | "dark" | null;
  accent: string | undefined;
  accentDark: string | undefined;
  onClick(): void;
}

export interface AskButton {
  root: ShadowRoot;
  busy(isBusy: boolean): void;
  trouble(): void;
  /** The chat stands open: the button steps aside. */
  opened(): void;
  /** The chat closed: the button is back and has the focus again. */
  closed(): void;
  unread(count: number): void;
}

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = [
  "M4 4.5h16A1.5 1.5 0 0 1 21.5 6v11a1.5 1.5 0 0 1-1.5 1.5H7L3 22V6a1.5 1.5 0 0 1 1-1.5z",
  "M7.5 9h9",
  "M7.5 13.5h6",
];

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function bubbleIcon(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of BUBBLE) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

function hostElement(settings: ButtonSettings): HTMLElement {
  const host = document.createElement("augenhoehe-chat");
  host.lang = settings.language;
  host.dataset.position = settings.position;
  if (settings.theme) host.dataset.theme = settings.theme;
  return host;
}

/** Puts the button into the page, in a shadow root with a constructed sheet: no style-src, no clash with the page. */
export function placeButton(settings: ButtonSettings): AskButton {
  const words = BUTTON_WORDS[settings.language];
  const host = hostElement(settings);
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(buttonStyle({ light: settings.accent, dark: settings.accentDark }));
  root.adoptedStyleSheets = [sheet];

  const button = element("button", "ask");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "dialog");
  const label = element("span", "");
  label.textContent = words.ask;
  const beacon = element("i", "");
  beacon.hidden = true;
  button.append(bubbleIcon(), label, beacon);
  button.addEventListener("click", settings.onClick);

  const trouble = element("p", "trouble");
  trouble.hidden = true;
  trouble.setAttribute("role", "alert");
  const live = element("div", "live");
  live.setAttribute("role", "status");
  root.append(trouble, button, live);
  document.body.append(host);

  return {
    root,
    busy(isBusy) {
      button.setAttribute("aria-busy", String(isBusy));
      if (isBusy) trouble.hidden = true;
    },
    trouble() {
      trouble.textContent = words.trouble;
      trouble.hidden = false;
    },
    opened() {
      button.setAttribute("aria-expanded", "true");
      button.hidden = true;
    },
    closed() {
      button.setAttribute("aria-expanded", "false");
      button.hidden = false;
      button.focus();
    },
    unread(count) {
      const text = count > 0 ? words.unread(count) : words.ask;
      label.textContent = text;
      button.title = count > 0 ? `${text} – ${words.ask}` : "";
      beacon.hidden = count === 0;
      live.textContent = count > 0 ? text : "";
    },
  };
}
