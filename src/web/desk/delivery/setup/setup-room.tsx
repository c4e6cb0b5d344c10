import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../../text/room-words.tsx";

/** How deliveries are set up; its sentences come with it. */
export function SetupRoom() {
  return (
    <RoomWords room="deliverySetup">
      <Outlet />
    </RoomWords>
  );
}
