/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { useDelivery } from "./context.ts";
import type { Choice, Live } from "./contract.ts";

const ORDER: readonly Choice[] = ["home", "neighbour", "leave", "not_home"];
const WORDS_CHARACTERS = 120;

/** What the customer wants of it, as long as the courier is not at the door. */
export function Choices({ live }: { live: Live }) {
  const { words, busy, failure, act } = useDelivery();
  const [asked, setAsked] = useState<"neighbour" | "leave" | null>(null);
  const possible = ORDER.filter((choice) => live.choices.includes(choice));
  const chosen = ORDER.find((choice) => choice === live.chosen);
  if (possible.length === 0) return null;
  const choose = (choice: Choice) => {
    if (choice === "neighbour" || choice === "leave") setAsked(choice);
    else void act({ do: choice });
  };
  const send = async (about: "neighbour" | "leave", said: string) => {
    if (await act({ do: about, words: said })) setAsked(null);
  };
  return (
    <section aria-labelledby="choose">
      <h2 id="choose">{words.choose.title}</h2>
      {chosen && (
        <p class="noted" role="status">
          {words.choose.chosen[chosen]} {words.choose.noted}
        </p>
      )}
      {asked ? (
        <WhereTo
          key={asked}
          about={asked}
          onCancel={() => setAsked(null)}
          onSend={(said) => void send(asked, said)}
        />
      ) : (
        <div class="choices">
          {possible.map((choice) => (
            <button
              type="button"
              key={choice}
              class={choice === "home" && !chosen ? "button primary" : "button"}
              aria-pressed={chosen === choice}
              aria-busy={busy === choice}
              onClick={() => choose(choice)}
            >
              {words.choose.names[choice]}
            </button>
          ))}
        </div>
      )}
      {chosen === "not_home" && <p class="small quiet">{words.choose.moveInConversation}</p>}
      <FailureLine text={failure} />
    </section>
  );
}

interface WhereToProps {
  about: "neighbour" | "leave";
  onSend(words: string): void;
  onCancel(): void;
}

function WhereTo({ about, onSend, onCancel }: WhereToProps) {
  const { words, busy } = useDelivery();
  const [said, setSaid] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const { label, help, send } = words.choose[about];
  return (
    <form
      class="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (said.trim()) onSend(said.trim());
        else field.current?.focus();
      }}
    >
      <label for="where">{label}</label>
      <input
        id="where"
        ref={field}
        value={said}
        maxLength={WORDS_CHARACTERS}
        required
        aria-describedby="where-help"
        onInput={(event) => setSaid(event.currentTarget.value)}
      />
      <p id="where-help" class="small quiet">
        {help}
      </p>
      <div class="buttons">
        <button type="submit" class="button primary" aria-busy={busy === about}>
          {send}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {words.choose.cancel}
        </button>
      </div>
    </form>
  );
}
