import { useQuery } from "@tanstack/react-query";
import { type FrameProps, RoomFrame, type Shelf } from "../shell/room-frame.tsx";
import { useText } from "../text/use-text.ts";
import { coinRoomQuery } from "./room-query.ts";

/** A page of the association's room. Before the coin has begun there is one: its setup. */
export function CoinFrame(props: FrameProps) {
  const { t } = useText();
  const { coin = "none", takes = 0 } = useQuery(coinRoomQuery).data ?? {};
  const open: Shelf[] = [
    { to: "/coin/proposals", label: t("coin.shelf.proposals") },
    { to: "/coin/counter", label: t("coin.shelf.counter") },
    { to: "/coin/members", label: t("coin.shelf.members") },
    { to: "/coin/payouts", label: t("coin.shelf.payouts") },
  ];
  const shelves: Shelf[] = [
    { to: "/coin", label: t(coin === "open" ? "coin.shelf.coverage" : "coin.shelf.setup") },
    ...(coin === "open" ? open : []),
    ...(takes > 0 ? [{ to: "/till", label: t("place.till") } as const] : []),
  ];
  return <RoomFrame {...props} shelves={shelves} name={t("coin.shelves")} />;
}
