import { Outlet } from "@tanstack/react-router";
import { RoomWords } from "../text/room-words.tsx";

/** The room of knowledge; what is said of learning comes with it. */
export function KnowledgeRoom() {
  return (
    <RoomWords room="teaching">
      <Outlet />
    </RoomWords>
  );
}
