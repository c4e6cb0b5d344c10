import { RoomWords } from "../text/room-words.tsx";
import { ColleaguesPage } from "./colleagues/colleagues-page.tsx";

/** Whom agents may ask by mail; its sentences come with it. */
export function ColleaguesRoom() {
  return (
    <RoomWords room="colleagues">
      <ColleaguesPage />
    </RoomWords>
  );
}
