const SLOT = /\{([a-z][a-z0-9_]{0,59})\}/g;

/** Names of slots in a text, in order. */
export function slotsIn(text: string): string[] {
  return [...text.matchAll(SLOT)].map((match) => match[1] ?? "");
}

/** @param show what stands in the text for a slot's name */
export function fillSlots(text: string, show: (name: string) => string): string {
  return text.replace(SLOT, (_, name: string) => show(name));
}
