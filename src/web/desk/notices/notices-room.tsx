import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The room of notices; its sentences come with it. */
export function NoticesRoom() {
  return (
    <RoomWords room="notices">
      <Outlet />
    </RoomWords>
  );
}
