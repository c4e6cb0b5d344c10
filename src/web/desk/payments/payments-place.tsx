import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ReceiptEuro } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { isManager, useMe } from "../session/session.ts";
import { type Command, useCommands } from "../shell/commands.ts";
import type { Place } from "../shell/places.ts";
import { useText } from "../text/use-text.ts";
import { settingsQuery } from "./queries.ts";

const place: Place = { to: "/payments", label: "place.payments", icon: ReceiptEuro, keys: ["g", "z"] };

/** The room's place in the rail: of everybody where money can be asked for, and of who can see to that. */
export function PaymentsPlace({ show }: { show(place: Place): ReactNode }): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const isMine = isManager(useMe());
  const { data } = useQuery(settingsQuery);
  const isOpen = isMine || data?.canAsk === true;
  const commands = useMemo<Command[]>(
    () =>
      isOpen
        ? [
            {
              id: place.to,
              group: "pages",
              label: t("place.open", { place: t(place.label) }),
              icon: place.icon,
              keys: place.keys,
              run: () => void navigate({ to: place.to }),
            },
          ]
        : [],
    [t, navigate, isOpen],
  );
  useCommands(commands);
  return isOpen && show(place);
}
