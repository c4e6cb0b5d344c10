import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../../text/room-words.tsx";

/** What staff hand in; its sentences come with it, and the ones it shares with the set-up. */
export function SentRoom() {
  return (
    <RoomWords room="deliverySetup">
      <RoomWords room="deliverySent">
        <Outlet />
      </RoomWords>
    </RoomWords>
  );
}
