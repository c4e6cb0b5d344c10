import { RoomWords } from "../text/room-words.tsx";
import { TelephonePage } from "./telephone/telephone-page.tsx";

/** Telephone systems and lists of calls; its sentences come with it. */
export function TelephoneRoom() {
  return (
    <RoomWords room="telephone">
      <TelephonePage />
    </RoomWords>
  );
}
