import type { ReactNode } from "react";
import { RoomWords } from "../text/room-words.tsx";

/** The sentences about calls, for parts that stand in other rooms. */
export function TelephoneWords({ children }: { children: ReactNode }) {
  return (
    <RoomWords room="telephone" isExtra>
      {children}
    </RoomWords>
  );
}
