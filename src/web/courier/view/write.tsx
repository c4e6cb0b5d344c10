/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { SeenShift, SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Fault, Field, Sheet } from "./sheet.tsx";

/** New ones from others, about this stop or about the round. */
export function unreadOf(shift: SeenShift, deliveryId: number | null, readId: number): number {
  return shift.messages.filter(
    (one) => one.from !== "courier" && one.id > readId && (one.deliveryId ?? deliveryId) === deliveryId,
  ).length;
}

/** Words between courier and customer, through the company's conversation; and the dispatcher's. */
export function Messages({ shift, stop, onClose }: { shift: SeenShift; stop: SeenStop; onClose(): void }) {
  const { words, session, formatOf, say } = useCourier();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const format = formatOf(shift);
  const messages = shift.messages.filter((one) => (one.deliveryId ?? stop.deliveryId) === stop.deliveryId);
  const last = Math.max(0, ...shift.messages.map(({ id }) => id));
  useEffect(() => void session.read(last), [session, last]);
  const send = (event: Event) => {
    event.preventDefault();
    const given = text.trim();
    if (given === "") return setFault(words.write.empty);
    void session.act([{ kind: "write", shiftId: shift.id, deliveryId: stop.deliveryId, text: given }]);
    setText("");
    setFault(null);
    say({ text: words.write.sent });
  };
  return (
    <Sheet title={words.write.title(stop.name || stop.senderReference)} onClose={onClose}>
      {messages.length > 0 && (
        <ul class="log" role="log" aria-live="polite">
          {messages.map((one, n) => (
            <li key={one.id > 0 ? one.id : `new-${n}`} class={one.from === "courier" ? "own" : ""}>
              <p>{one.text}</p>
              <span class="quiet small">
                {words.write.from[one.from]}, {format.clock(one.at)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {stop.canWrite ? (
        <form class="form" onSubmit={send}>
          <p class="quiet small">{words.write.lead}</p>
          <Field label={words.write.label} value={text} onInput={setText} most={500} isLong />
          <Fault text={fault} />
          <button type="submit" class="button primary wide">
            {words.write.send}
          </button>
        </form>
      ) : (
        <p>{words.write.noConversation}</p>
      )}
    </Sheet>
  );
}
