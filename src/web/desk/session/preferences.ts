import { useSyncExternalStore } from "react";
import type { Language } from "../text/catalogue.ts";

/** What a person sets for this browser. */
export interface Preferences {
  density: "ruhig" | "dicht";
  theme: "system" | "light" | "dark";
  /** null = as the browser says. */
  language: Language | null;
  /** Single keys such as J and K; can be switched off (WCAG 2.1.4). */
  hasShortcuts: boolean;
  sendsWith: "enter" | "ctrl-enter";
}

const key = "ah.preferences";
const defaults: Preferences = {
  density: "ruhig",
  theme: "system",
  language: null,
  hasShortcuts: true,
  sendsWith: "enter",
};
let current = read();
const listeners = new Set<() => void>();

function read(): Preferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

export function preferences(): Preferences {
  return current;
}

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(key, JSON.stringify(current));
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Writes theme and density to the document; called once before the first paint. */
export function applyPreferences(): void {
  const root = document.documentElement;
  root.dataset.density = current.density;
  if (current.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = current.theme;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, preferences);
}

export function languageOf(chosen: Preferences): Language {
  return chosen.language ?? (navigator.language.toLowerCase().startsWith("de") ? "de" : "en");
}
