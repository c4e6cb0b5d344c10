import type { Language } from "#kernel";
import type { Expected } from "../../flows/told.ts";
import type { Coordinates, Promises } from "../../plan/promises.ts";
import type { ServedCity } from "./served.ts";

/** What the conversation asks of the rest of this skill, and of the house. */

export interface PlaceQuestion {
  /** The carrier, whose cities and address lists they are. */
  readonly tenantId: number;
  readonly cities: readonly ServedCity[];
  readonly text: string;
  /** What of it was understood; "" where it was not named. */
  readonly heard: { readonly street: string; readonly postcode: string; readonly town: string };
  readonly language: Language;
}

export interface PlaceAnswer {
  readonly cityId: number;
  readonly place: Coordinates;
  /** As it is written properly. */
  readonly address: string;
}

export type FoundPlaces =
  /** It is this house, however it was typed. */
  | { readonly is: "sure"; readonly place: PlaceAnswer }
  /** One to six that may be meant: somebody has to say which. */
  | { readonly is: "asked"; readonly places: readonly PlaceAnswer[] }
  | { readonly is: "none" }
  /** No address list and no service answered. */
  | { readonly is: "unavailable" };

export type FindPlace = (question: PlaceQuestion) => Promise<FoundPlaces>;

export interface TalkOutside {
  readonly promises: Promises;
  readonly findPlace: FindPlace;
  /** When the courier is expected at the door of a delivery; null as long as nobody can know. */
  expectedOf(tenantId: number, deliveryId: number): Promise<Expected | null>;
}
