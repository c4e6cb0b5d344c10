import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../../customer-page/words.ts";
import type { Format } from "../format.ts";
import type { SeenShift } from "../state/project.ts";
import type { Session, Snapshot } from "../state/session.ts";
import type { Words } from "../words.ts";

/** Said for a moment, with a way back where there is one. */
export interface Said {
  readonly text: string;
  readonly undo?: () => void;
}

export interface CourierContext {
  readonly words: Words;
  readonly language: Language;
  readonly session: Session;
  readonly state: Snapshot;
  formatOf(shift: Pick<SeenShift, "timeZone">): Format;
  say(said: Said): void;
}

export const Courier = createContext<CourierContext | null>(null);

export function useCourier(): CourierContext {
  const courier = useContext(Courier);
  if (!courier) throw new Error("useCourier stands outside of the page");
  return courier;
}
