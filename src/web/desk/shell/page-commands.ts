import { useNavigate } from "@tanstack/react-router";
import { Inbox, Keyboard, PhoneCall, Search } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../text/use-text.ts";
import { type Command, useCommands } from "./commands.ts";
import { house, places } from "./places.ts";

/** The ways to every room, for keys and palette. */
export function usePageCommands(showShortcuts: () => void): void {
  const { t } = useText();
  const navigate = useNavigate();
  const commands = useMemo<Command[]>(
    () => [
      ...[...places, house].map((place) => ({
        id: place.to,
        group: "pages" as const,
        label: t("place.open", { place: t(place.label) }),
        icon: place.icon,
        keys: place.keys,
        run: () => void navigate({ to: place.to }),
      })),
      {
        id: "search",
        group: "pages",
        label: t("search.title"),
        icon: Search,
        keys: ["g", "s"],
        run: () => void navigate({ to: "/search" }),
      },
      {
        id: "logCallAnywhere",
        group: "pages",
        label: t("action.logCall"),
        icon: PhoneCall,
        keys: ["g", "l"],
        run: () => void navigate({ to: "/callbacks", search: { log: true } }),
      },
      {
        id: "parked",
        group: "pages",
        label: t("parked.title"),
        icon: Inbox,
        run: () => void navigate({ to: "/parked" }),
      },
      {
        id: "shortcuts",
        group: "pages",
        label: t("shortcuts.title"),
        icon: Keyboard,
        keys: ["?"],
        run: showShortcuts,
      },
    ],
    [t, navigate, showShortcuts],
  );
  useCommands(commands);
}
