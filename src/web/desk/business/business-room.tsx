import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The room of customers that are companies; its sentences come with it. */
export function BusinessRoom() {
  return (
    <RoomWords room="business">
      <Outlet />
    </RoomWords>
  );
}
