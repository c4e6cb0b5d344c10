import type { Theme } from "../state/phone-store.ts";

const DARK_FROM = 19;
const DARK_UNTIL = 6;

/** In the evening it is dark outside: a bright page blinds. */
export function themeOf(theme: Theme, hour = new Date().getHours()): "light" | "dark" {
  if (theme !== "auto") return theme;
  const isEvening = hour >= DARK_FROM || hour < DARK_UNTIL;
  return isEvening || window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
