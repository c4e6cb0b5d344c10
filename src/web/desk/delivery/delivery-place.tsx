import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Route } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { type Command, useCommands } from "../shell/commands.ts";
import type { Place } from "../shell/places.ts";
import { useText } from "../text/use-text.ts";
import { roomQuery } from "./room-query.ts";

const place: Place = { to: "/delivery", label: "place.delivery", icon: Route, keys: ["g", "a"] };

/** The room's place in the rail, where the company has a city that it delivers in; its way stands in the palette anyhow. */
export function DeliveryPlace({ show }: { show(place: Place): ReactNode }) {
  const { t } = useText();
  const navigate = useNavigate();
  const cities = useQuery(roomQuery).data?.cities ?? [];
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
    [t, navigate],
  );
  useCommands(commands);
  return cities.length > 0 && show(place);
}
