import { RoomWords } from "../text/room-words.tsx";
import { RegistersPage } from "./registers/registers-page.tsx";

/** Shops and registers; its sentences come with it. */
export function RegistersRoom() {
  return (
    <RoomWords room="lookup">
      <RegistersPage />
    </RoomWords>
  );
}
