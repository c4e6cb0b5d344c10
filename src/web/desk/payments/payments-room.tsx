import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The room of payments; its sentences come with it. */
export function PaymentsRoom() {
  return (
    <RoomWords room="pay">
      <Outlet />
    </RoomWords>
  );
}
