/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Field, Sheet } from "./sheet.tsx";

const CHOICES = [5, 10, 15, 20, 30, 45, 60, 90];

export function DelaySheet({ shift, onClose }: { shift: SeenShift; onClose(): void }) {
  const { words, session, say } = useCourier();
  const [minutes, setMinutes] = useState(15);
  const [reason, setReason] = useState("");
  return (
    <Sheet title={words.delay.title} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void session.act([{ kind: "delay", shiftId: shift.id, minutes, words: reason.trim() }]);
          say({ text: words.delay.sent });
          onClose();
        }}
      >
        <fieldset class="choices">
          <legend>{words.delay.lead}</legend>
          {CHOICES.map((count) => (
            <label key={count} class={count === minutes ? "choice chosen" : "choice"}>
              <input
                type="radio"
                name="minutes"
                checked={count === minutes}
                onChange={() => setMinutes(count)}
              />
              {words.delay.minutes(count)}
            </label>
          ))}
        </fieldset>
        <Field label={words.delay.why} value={reason} onInput={setReason} most={200} />
        <button type="submit" class="button primary wide">
          {words.delay.send(minutes)}
        </button>
      </form>
    </Sheet>
  );
}
