/** A stretch of a message: plain text, or an address to open. */
export interface Stretch {
  text: string;
  href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"'`„“”]+/gi;
/** Signs that end a sentence, not an address. */
const TRAILING = /[.,;:!?…)\]}»]+$/;

/** Only http and https become links; whatever else looks like one stays text. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

function withoutTail(address: string): string {
  const cut = address.replace(TRAILING, "");
  // A bracket that the address itself opened belongs to it.
  return address[cut.length] === ")" && cut.includes("(") ? `${cut})` : cut;
}

/** Splits a message's text into text and links; joined again it is the same text. */
export function stretches(text: string): Stretch[] {
  const out: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > from) out.push({ text: text.slice(from, match.index), href: null });
    out.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) out.push({ text: text.slice(from), href: null });
  return out;
}
