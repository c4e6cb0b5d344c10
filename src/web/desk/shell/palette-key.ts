import { useEffect } from "react";

const event = "ah:palette";

/** Opens the palette from a button anywhere in the page. */
export function openPalette(): void {
  dispatchEvent(new Event(event));
}

/** Ctrl/Cmd K always works, also while somebody types: it is no single key. */
export function usePaletteKey(toggle: () => void): void {
  useEffect(() => {
    const onKey = (pressed: KeyboardEvent) => {
      if (pressed.key.toLowerCase() !== "k" || !(pressed.ctrlKey || pressed.metaKey)) return;
      pressed.preventDefault();
      toggle();
    };
    addEventListener("keydown", onKey);
    addEventListener(event, toggle);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener(event, toggle);
    };
  });
}

/** What stands on that key here: "Strg K" or "⌘ K". */
export function paletteKeys(control: string): readonly [string, string] {
  return [/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : control, "K"];
}
