import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Package, Route } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { type Command, useCommands } from "../shell/commands.ts";
import type { Place } from "../shell/places.ts";
import { useText } from "../text/use-text.ts";
import { roomQuery } from "./room-query.ts";

const evening: Place = { to: "/delivery", label: "place.delivery", icon: Route, keys: ["g", "a"] };
/** Of a company whose parcels another one brings. */
const parcels: Place = {
  to: "/delivery/sent",
  label: "place.parcels",
  icon: Package,
  keys: ["g", "a"],
  alsoAt: "/delivery",
};

/** The room's place in the rail, where anybody delivers for the company; its way stands in the palette anyhow. */
export function DeliveryPlace({ show }: { show(place: Place): ReactNode }) {
  const { t } = useText();
  const navigate = useNavigate();
  const { cities = [], hasCarrier = false } = useQuery(roomQuery).data ?? {};
  const place = cities.length === 0 && hasCarrier ? parcels : evening;
  const commands = useMemo<Command[]>(
    () => [
      {
        id: place.to,
        group: "pages",
        label: t("place.open", { place: t(place.label) }),
        icon: place.icon,
        keys: place.keys,
        run: () => void navigate({ to: place.to }),
      },
    ],
    [t, navigate, place],
  );
  useCommands(commands);
  return hasCarrier && show(place);
}
