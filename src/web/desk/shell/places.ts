import {
  BookOpenCheck,
  Building2,
  type LucideIcon,
  Megaphone,
  MessagesSquare,
  Phone,
  Settings,
} from "lucide-react";
import type { TextKey } from "../text/catalogue.ts";

/** The rooms of the desk, in the order of the rail. */
export interface Place {
  to:
    | "/conversations"
    | "/callbacks"
    | "/knowledge"
    | "/notices"
    | "/business"
    | "/delivery"
    | "/delivery/sent"
    | "/payments"
    | "/till"
    | "/coin"
    | "/settings";
  label: Extract<
    TextKey,
    | "place.conversations"
    | "place.callbacks"
    | "place.knowledge"
    | "place.notices"
    | "place.business"
    | "place.delivery"
    | "place.parcels"
    | "place.payments"
    | "place.till"
    | "place.coin"
    | "place.house"
  >;
  icon: LucideIcon;
  keys: readonly string[];
  /** Begins the addresses of rooms that are reached from here and have no place of their own. */
  alsoAt?: string;
}

export const places: readonly Place[] = [
  { to: "/conversations", label: "place.conversations", icon: MessagesSquare, keys: ["g", "c"] },
  { to: "/callbacks", label: "place.callbacks", icon: Phone, keys: ["g", "r"] },
  { to: "/knowledge", label: "place.knowledge", icon: BookOpenCheck, keys: ["g", "w"] },
  { to: "/notices", label: "place.notices", icon: Megaphone, keys: ["g", "n"] },
  { to: "/business", label: "place.business", icon: Building2, keys: ["g", "f"] },
];

export const house: Place = {
  to: "/settings",
  label: "place.house",
  icon: Settings,
  keys: ["g", "h"],
  alsoAt: "/monday",
};
