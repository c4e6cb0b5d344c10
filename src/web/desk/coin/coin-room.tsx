import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The association's room: what stands behind the coin, and who decides. */
export function CoinRoom() {
  return (
    <RoomWords room="coin">
      <Outlet />
    </RoomWords>
  );
}
