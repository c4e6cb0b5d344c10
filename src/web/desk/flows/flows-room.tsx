import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The shelf of flows; its words come with it. */
export function FlowsRoom() {
  return (
    <RoomWords room="flows">
      <Outlet />
    </RoomWords>
  );
}
