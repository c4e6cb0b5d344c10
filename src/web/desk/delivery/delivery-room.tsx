import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The room of deliveries: the evening as it runs, what was kept of it, and how it is set up. */
export function DeliveryRoom() {
  return (
    <RoomWords room="delivery">
      <Outlet />
    </RoomWords>
  );
}
