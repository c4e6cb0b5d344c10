import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Offer } from "../../../skills/wallet/api/offer.ts";
import type { Language } from "../../customer-page/words.ts";
import type { Format } from "../format.ts";
import type { Session, Snapshot } from "../state/session.ts";
import type { Words } from "../words.ts";

/** Which part of the page; the phone's back button leads to the one before. */
export type Screen =
  | { readonly name: "home" | "history" | "check" | "buy" | "lost" }
  /** With an account that was just read from somebody's code. */
  | { readonly name: "safety"; readonly account?: string }
  | { readonly name: "invitation"; readonly place: string }
  | { readonly name: "request"; readonly place: string }
  | { readonly name: "offer"; readonly offer: Offer }
  | { readonly name: "unreadable" };

export interface WalletPage {
  readonly session: Session;
  readonly state: Snapshot;
  readonly words: Words;
  readonly language: Language;
  go(screen: Screen): void;
  /** In the coin and the zone of what is shown. */
  readonly format: Format;
}

export const Page = createContext<WalletPage | null>(null);

export function usePage(): WalletPage {
  const page = useContext(Page);
  if (!page) throw new Error("Outside of the page.");
  return page;
}
