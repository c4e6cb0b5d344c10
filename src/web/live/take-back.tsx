/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { useDelivery } from "./context.ts";
import type { Live } from "./contract.ts";

const WORDS_CHARACTERS = 200;

/** Something goes back with the courier, where the sender allows it and as long as the courier is not near. */
export function TakeBack({ live }: { live: Live }) {
  const { words, busy, failure, act } = useDelivery();
  const [said, setSaid] = useState("");
  const { takeBack, takesBack } = live;
  if (!takeBack && !takesBack) return null;
  const isBusy = busy === "take_back";
  const tell = async (what: string) => {
    if (await act({ do: "take_back", words: what })) setSaid("");
  };
  return (
    <section aria-labelledby="take-back">
      <h2 id="take-back">{words.takeBack.title}</h2>
      {takeBack && (
        <p class="noted" role="status">
          {words.takeBack.state[takeBack.state](takeBack.what, takeBack.why)}
        </p>
      )}
      {takesBack && takeBack && (
        <button type="button" class="button" aria-busy={isBusy} onClick={() => void tell("")}>
          {words.takeBack.drop}
        </button>
      )}
      {takesBack && !takeBack && (
        <form
          class="inline-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (said.trim()) void tell(said.trim());
          }}
        >
          <label for="take-back-what">{words.takeBack.label}</label>
          <input
            id="take-back-what"
            value={said}
            maxLength={WORDS_CHARACTERS}
            required
            aria-describedby="take-back-help"
            onInput={(event) => setSaid(event.currentTarget.value)}
          />
          <p id="take-back-help" class="small quiet">
            {words.takeBack.help(takesBack.words)}
          </p>
          <div class="buttons">
            <button type="submit" class="button" aria-busy={isBusy}>
              {words.takeBack.send}
            </button>
          </div>
        </form>
      )}
      {live.choices.length === 0 && <FailureLine text={failure} />}
    </section>
  );
}
