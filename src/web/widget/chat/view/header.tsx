/** @jsxImportSource preact */
import { isCustomersTurn } from "../state/conversation.ts";
import type { Chat } from "./context.ts";
import { useChat, useSettings } from "./context.ts";
import { Horizon, type HorizonMode } from "./horizon.tsx";
import { Icon } from "./icon.tsx";
import { Logo } from "./logo.tsx";
import { Menu } from "./menu.tsx";

interface Standing {
  mode: HorizonMode;
  left: string;
  sentence: string;
  canCall: boolean;
  isYourTurn: boolean;
}

/** Who speaks, in the three ways the line has and the sentence that says the same. */
export function standing({ snapshot, words, language }: Chat): Standing {
  const { settings, conversation, trouble } = snapshot;
  const company = settings?.company ?? "";
  const { speaker, personName } = conversation.speaker;
  if (trouble?.kind === "network" || trouble?.kind === "server") {
    return {
      mode: "offline",
      left: personName ?? company,
      sentence: words.offline,
      canCall: false,
      isYourTurn: false,
    };
  }
  const isYourTurn = isCustomersTurn(conversation);
  if (speaker === "person") {
    const sentence = isYourTurn ? `${words.withPerson} ${words.yourTurn}` : words.withPerson;
    return { mode: "person", left: personName ?? company, sentence, canCall: false, isYourTurn };
  }
  if (speaker === "waiting") {
    const next = settings && !settings.people.here ? settings.people.next?.[language] : null;
    const sentence = next ? words.waitingUntil(next) : words.waiting;
    return { mode: "nobody", left: company, sentence, canCall: false, isYourTurn: false };
  }
  if (speaker === "closed")
    return { mode: "nobody", left: company, sentence: words.closed, canCall: true, isYourTurn: false };
  const sentence = isYourTurn ? `${words.automatic}. ${words.yourTurn}` : words.automatic;
  return { mode: "automatic", left: company, sentence, canCall: true, isYourTurn };
}

function Line() {
  const chat = useChat();
  const { session, words } = chat;
  const { mode, left, sentence, canCall, isYourTurn } = standing(chat);
  return (
    <div class="line">
      <Horizon left={left} right={words.you} mode={mode} isYourTurn={isYourTurn} />
      <div class="who">
        <p role="status">{sentence}</p>
        {canCall && (
          <button type="button" class="link" onClick={() => session.say({ text: words.personPlease })}>
            {words.getPerson}
          </button>
        )}
      </div>
    </div>
  );
}

function Brand() {
  const { company, logo } = useSettings();
  return (
    <h2 class="brand">
      <Logo logo={logo} company={company} />
      <span>{company}</span>
    </h2>
  );
}

export function Header() {
  const { session, words, snapshot } = useChat();
  const isReady = snapshot.phase === "ready";
  return (
    <header class="head">
      <div class="top">
        {isReady ? <Brand /> : <span class="brand" />}
        {isReady && <Menu />}
        <button
          type="button"
          class="tool"
          aria-label={words.close}
          title={words.close}
          onClick={() => session.close()}
        >
          <Icon name="x" />
        </button>
      </div>
      {isReady && <Line />}
    </header>
  );
}
