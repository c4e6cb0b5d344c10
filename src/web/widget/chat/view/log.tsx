/** @jsxImportSource preact */
import { Fragment } from "preact";
import type { VisitorMessage } from "../../contract.ts";
import { MessageBubble, OutgoingBubble } from "./bubble.tsx";
import { useChat } from "./context.ts";
import { clockTime, dayKey, dayName } from "./format.ts";
import { Windows } from "./windows.tsx";

const RUN_LIMIT_MS = 5 * 60_000;

/** Two messages that need sender and time only once: same author, same status, within minutes. */
function isOneRun(a: VisitorMessage, b: VisitorMessage | undefined): boolean {
  if (
    !b ||
    a.author !== b.author ||
    a.authorName !== b.authorName ||
    a.status !== b.status ||
    a.source !== b.source
  )
    return false;
  return Math.abs(Date.parse(b.sentAt) - Date.parse(a.sentAt)) < RUN_LIMIT_MS;
}

function Divider({ text }: { text: string }) {
  return (
    <p class="divider">
      <span>{text}</span>
    </p>
  );
}

function Entry({ message, next }: { message: VisitorMessage; next: VisitorMessage | undefined }) {
  const { language } = useChat();
  if (message.author === "system")
    return <Divider text={`${message.text} · ${clockTime(message.sentAt, language)}`} />;
  return <MessageBubble message={message} showsMeta={!isOneRun(message, next)} />;
}

/** A person's first words after the automaton's, or another person's: worth a line of its own. */
function hasArrived(message: VisitorMessage, before: readonly VisitorMessage[]): boolean {
  if (message.author !== "agent") return false;
  const last = before.findLast(({ author }) => author !== "customer");
  return last?.author !== "system" && (last?.author !== "agent" || last.authorName !== message.authorName);
}

/** Buttons of the last answer; older ones are history and would only mislead. */
function Options({ message }: { message: VisitorMessage }) {
  const { session, language } = useChat();
  const lang = message.language && message.language !== language ? message.language : undefined;
  const say = ({ id, title }: { id: string; title: string }) => session.say({ text: title, choice: id });
  return (
    <div class="options" lang={lang}>
      <Windows options={message.options} onChoose={say} />
      {message.options
        .filter(({ window }) => !window)
        .map((option) => (
          <button type="button" class="button" key={option.id} onClick={() => say(option)}>
            {option.title}
          </button>
        ))}
    </div>
  );
}

/** A quiet row under the last answer, never a message of its own; what is pressed is said. */
function Helped() {
  const { session, words } = useChat();
  const said = { [words.helpedYes]: words.saysHelped, [words.helpedNo]: words.saysNotHelped };
  return (
    <div class="helped">
      <span>{words.helped}</span>
      {Object.entries(said).map(([title, text]) => (
        <button
          type="button"
          class="quiet"
          key={title}
          aria-label={`${words.helped} ${title}`}
          onClick={() => session.say({ text })}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

/** An answer of the automaton, with its source, that waits for nothing and stands in automatic hands still. */
function isAnswer(message: VisitorMessage, speaker: string): boolean {
  return (
    speaker === "bot" &&
    message.author === "bot" &&
    message.source !== null &&
    !message.isAsking &&
    !message.revoked
  );
}

export function Log() {
  const { snapshot, language, words } = useChat();
  const { conversation, settings } = snapshot;
  const { messages, outgoing, typing } = conversation;
  const last = outgoing.length === 0 ? messages.findLast(({ author }) => author !== "system") : undefined;
  const now = new Date();
  return (
    <>
      <div role="log" aria-live="polite" aria-label={words.log(settings?.company ?? "")} class="log">
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const isNewDay = !before || dayKey(before.sentAt) !== dayKey(message.sentAt);
          return (
            <Fragment key={message.clientId ?? message.id}>
              {isNewDay && <Divider text={dayName(message.sentAt, language, now)} />}
              {hasArrived(message, messages.slice(0, index)) && (
                <Divider
                  text={`${words.personHere(message.authorName)} · ${clockTime(message.sentAt, language)}`}
                />
              )}
              <Entry message={message} next={messages[index + 1]} />
            </Fragment>
          );
        })}
        {outgoing.map((entry, index) => (
          <OutgoingBubble
            key={entry.clientId}
            entry={entry}
            showsMeta={outgoing[index + 1]?.state !== entry.state}
          />
        ))}
      </div>
      {last && last.author !== "customer" && !last.revoked && last.options.length > 0 && (
        <Options message={last} />
      )}
      {last && isAnswer(last, conversation.speaker.speaker) && <Helped />}
      <p class="typing" role="status">
        {typing ? words.typing(typing) : ""}
      </p>
    </>
  );
}
