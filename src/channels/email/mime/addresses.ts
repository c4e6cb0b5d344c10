import { firstOf } from "./charset.ts";
import { decodeWords } from "./headers.ts";

export interface Address {
  /** Lower case. */
  address: string;
  name: string;
}

const ADDRESSES_MAX = 200;
const PLAIN = /^[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,255}$/;

/** The addresses of a field (RFC 5322 section 3.4): names, quotes, comments and groups; what is none is left out. */
export function readAddresses(field: string): Address[] {
  const found: Address[] = [];
  for (const text of split(field)) {
    if (found.length === ADDRESSES_MAX) break;
    const address = readAddress(text);
    if (address) found.push(address);
  }
  return found;
}

/** Commas and semicolons outside quotes, comments and brackets; "Group:" before a member falls away. */
function split(field: string): string[] {
  const items: string[] = [];
  let item = "";
  let isQuoted = false;
  let depth = 0;
  for (let at = 0; at < field.length; at++) {
    const sign = field[at] as string;
    if (sign === "\\") {
      if (depth === 0) item += sign + (field[at + 1] ?? "");
      at++;
    } else if (sign === '"' && depth === 0) {
      isQuoted = !isQuoted;
      item += sign;
    } else if (sign === "(" && !isQuoted) depth++;
    else if (sign === ")" && !isQuoted && depth > 0) depth--;
    else if (depth > 0) continue;
    else if ((sign === "," || sign === ";") && !isQuoted) {
      items.push(item);
      item = "";
    } else if (sign === ":" && !isQuoted && !item.includes("<")) item = "";
    else item += sign;
  }
  return [...items, item];
}

function readAddress(text: string): Address | null {
  const open = text.lastIndexOf("<");
  const close = text.indexOf(">", open);
  const isBracketed = open >= 0 && close > open;
  const address = (isBracketed ? text.slice(open + 1, close) : text).trim().replace(/^"(.+)"@/, "$1@");
  if (!PLAIN.test(address)) return null;
  const given = isBracketed ? text.slice(0, open).trim() : "";
  const name = decodeWords(given.replace(/^"(.*)"$/s, "$1").replace(/\\(.)/g, "$1")).trim();
  // Some programs repeat the address as the name.
  return { address: address.toLowerCase(), name: name.includes("@") ? "" : firstOf(name, 200) };
}
