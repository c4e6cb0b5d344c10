import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../customer-page/words.ts";
import type { Client } from "./client.ts";
import type { Format } from "./format.ts";
import type { Words } from "./words.ts";

export interface PortalContext {
  words: Words;
  language: Language;
  format: Format;
  client: Client;
  /** Said by a screen reader, and shown for a moment. */
  say(sentence: string): void;
  /** The link is over: the page says so instead of everything else. */
  onEnded(): void;
}

export const Portal = createContext<PortalContext | null>(null);

export function usePortal(): PortalContext {
  const portal = useContext(Portal);
  if (!portal) throw new Error("usePortal stands outside of the page");
  return portal;
}
