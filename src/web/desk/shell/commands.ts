import type { LucideIcon } from "lucide-react";
import { useEffect, useId, useSyncExternalStore } from "react";
import { usePreferences } from "../session/preferences.ts";

/** Something that can be done here and now: by a key, or from the palette. */
export interface Command {
  id: string;
  group: "conversation" | "pages";
  label: string;
  hint?: string;
  icon: LucideIcon;
  /** One key, or two in a row: ["g", "k"]. */
  keys?: readonly string[];
  run(): void;
  /** Moves in lists are keys only. */
  isHidden?: boolean;
}

const sequenceMs = 1_000;
let registered: ReadonlyMap<string, readonly Command[]> = new Map();
let flat: readonly Command[] = [];
const listeners = new Set<() => void>();

function change(edit: (next: Map<string, readonly Command[]>) => void): void {
  const next = new Map(registered);
  edit(next);
  registered = next;
  flat = [...next.values()].flat();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Offers commands as long as the component stands. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  useEffect(() => {
    change((next) => next.set(owner, commands));
  }, [owner, commands]);
  useEffect(() => () => change((next) => next.delete(owner)), [owner]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => flat);
}

/** Runs commands by their keys, unless somebody types or has switched keys off. Stands once, in the shell. */
export function useCommandKeys(): void {
  const { hasShortcuts } = usePreferences();
  useEffect(() => {
    if (!hasShortcuts) return;
    let before: { key: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || hasOpenLayer()) return;
      const first = before && Date.now() - before.at < sequenceMs ? before.key : null;
      const found = flat.find(({ keys }) => keys && isPressed(keys, first, event.key));
      before = found ? null : { key: event.key.toLowerCase(), at: Date.now() };
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [hasShortcuts]);
}

function isPressed(keys: readonly string[], first: string | null, key: string): boolean {
  if (keys.length === 1) return first !== "g" && keys[0] === key.toLowerCase();
  return keys[0] === first && keys[1] === key.toLowerCase();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** A dialog or menu has the keys while it is open. */
function hasOpenLayer(): boolean {
  return document.querySelector("[role=dialog],[role=menu]") !== null;
}
