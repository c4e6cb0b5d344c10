import { RoomWords } from "../text/room-words.tsx";
import { Party } from "./party.tsx";

/** In whose name the conversation is held; loaded beside the conversation, which stands without it. */
export function PartySection({ conversationId }: { conversationId: number }) {
  return (
    <RoomWords room="business" isExtra>
      <Party key={conversationId} conversationId={conversationId} />
    </RoomWords>
  );
}
