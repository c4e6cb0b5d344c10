import { billingSentence } from "../../../../skills/week/api/costs.ts";
import type { ConnectableKind } from "../../conversations/channel-sign.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";

/** What is done at the provider before the form can be filled in. */
export function Walk({ kind }: { kind: ConnectableKind }) {
  return (
    <RoomWords room="goLive" isExtra>
      <Lines kind={kind} />
    </RoomWords>
  );
}

const lines = {
  whatsapp: ["walk.whatsapp.1", "walk.whatsapp.2", "walk.whatsapp.3", "walk.whatsapp.4"],
  telegram: ["walk.telegram.1", "walk.telegram.2"],
  email: ["walk.email.1", "walk.email.2"],
  web: ["walk.web.1", "walk.web.2"],
} as const satisfies Record<ConnectableKind, readonly string[]>;

function Lines({ kind }: { kind: ConnectableKind }) {
  const { t, language } = useText();
  return (
    <ol className="grid list-decimal gap-1.5 pl-5 text-small">
      {lines[kind].map((key) => (
        <li key={key}>{t(key)}</li>
      ))}
      {kind === "whatsapp" && <li>{billingSentence(language)}</li>}
    </ol>
  );
}
