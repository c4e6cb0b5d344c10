import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../../text/room-words.tsx";

/** The merchant's till. */
export function TillRoom() {
  return (
    <RoomWords room="till">
      <Outlet />
    </RoomWords>
  );
}
