import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Coins, Store } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { type Command, useCommands } from "../shell/commands.ts";
import type { Place } from "../shell/places.ts";
import { useText } from "../text/use-text.ts";
import { coinRoomQuery } from "./room-query.ts";

const till: Place = { to: "/till", label: "place.till", icon: Store, keys: ["g", "k"] };
const coin: Place = { to: "/coin", label: "place.coin", icon: Coins, keys: ["g", "m"] };

interface CoinPlaceProps {
  /** Where there is room for one, the other is reached from it. */
  isNarrow?: boolean;
  show(place: Place): ReactNode;
}

/** The till of a company that takes a coin, and the room of one that issues it; both ways stand in the palette anyhow. */
export function CoinPlace({ isNarrow = false, show }: CoinPlaceProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const { coin: issues = "none", takes = 0 } = useQuery(coinRoomQuery).data ?? {};
  const commands = useMemo<Command[]>(
    () =>
      [till, coin].map((place) => ({
        id: place.to,
        group: "pages",
        label: t("place.open", { place: t(place.label) }),
        icon: place.icon,
        keys: place.keys,
        run: () => void navigate({ to: place.to }),
      })),
    [t, navigate],
  );
  useCommands(commands);
  const places = [takes > 0 && till, issues !== "none" && coin].filter((place) => place !== false);
  return (isNarrow ? places.slice(0, 1) : places).map((place) => (
    <span key={place.to} className="contents">
      {show(place)}
    </span>
  ));
}
