import { useQuery } from "@tanstack/react-query";
import { type FrameProps, RoomFrame, type Shelf } from "../../shell/room-frame.tsx";
import { useText } from "../../text/use-text.ts";
import { coinRoomQuery } from "../room-query.ts";

/** A page of the till. */
export function TillFrame(props: FrameProps) {
  const { t } = useText();
  const { coin = "none" } = useQuery(coinRoomQuery).data ?? {};
  const shelves: Shelf[] = [
    { to: "/till", label: t("till.shelf.ask") },
    { to: "/till/list", label: t("till.shelf.taken") },
    { to: "/till/settlement", label: t("till.shelf.settlement") },
    ...(coin !== "none" ? [{ to: "/coin", label: t("place.coin") } as const] : []),
  ];
  return <RoomFrame {...props} shelves={shelves} name={t("till.shelves")} />;
}
