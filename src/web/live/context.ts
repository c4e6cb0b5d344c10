import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../customer-page/words.ts";
import type { Act, LiveWindow } from "./contract.ts";
import type { Format } from "./format.ts";
import type { Words } from "./words.ts";

export interface Delivery {
  words: Words;
  language: Language;
  format: Format;
  /** Which act is on its way to the node; null = none. */
  busy: string | null;
  /** Why the last one brought nothing. */
  failure: string | null;
  /** @returns whether the node took it */
  act(what: Act): Promise<boolean>;
  windows(): Promise<LiveWindow[]>;
}

export const DeliveryContext = createContext<Delivery | null>(null);

export function useDelivery(): Delivery {
  const delivery = useContext(DeliveryContext);
  if (!delivery) throw new Error("useDelivery stands outside of the page");
  return delivery;
}
