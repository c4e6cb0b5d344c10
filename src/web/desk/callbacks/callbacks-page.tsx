import { RoomWords } from "../text/room-words.tsx";
import { CallbackLists } from "./callback-lists.tsx";

/** Calls: promised ones, and those that came in vain; its sentences come with it. */
export function CallbacksPage() {
  return (
    <RoomWords room="telephone">
      <CallbackLists />
    </RoomWords>
  );
}
