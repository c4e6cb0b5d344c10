/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { useDelivery } from "./context.ts";
import type { Live } from "./contract.ts";

const SENTENCE_CHARACTERS = 500;

/** One question, once. Who says no may say why; a person reads it. */
export function Question({ live }: { live: Live }) {
  const { words, busy, failure, act } = useDelivery();
  const [said, setSaid] = useState("");
  const [isSent, setSent] = useState(false);
  if (live.state !== "done") return null;
  const { title, yes, no, label, send, thanks, passedOn } = words.question;
  if (live.answer === "good") return <p role="status">{thanks}</p>;
  if (live.answer === "bad" && isSent) return <p role="status">{passedOn}</p>;
  if (live.answer === "bad")
    return (
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!said.trim()) return;
          void act({ do: "answer", answer: "bad", words: said.trim() }).then(setSent);
        }}
      >
        <label for="why">{label}</label>
        <textarea
          id="why"
          rows={3}
          value={said}
          maxLength={SENTENCE_CHARACTERS}
          required
          onInput={(event) => setSaid(event.currentTarget.value)}
        />
        <div class="buttons">
          <button type="submit" class="button primary" aria-busy={busy === "answer"}>
            {send}
          </button>
        </div>
        <FailureLine text={failure} />
      </form>
    );
  return (
    <section aria-labelledby="well">
      <h2 id="well">{title}</h2>
      <div class="choices">
        {(["good", "bad"] as const).map((answer) => (
          <button
            type="button"
            key={answer}
            class="button"
            aria-busy={busy === "answer"}
            onClick={() => void act({ do: "answer", answer, words: "" })}
          >
            {answer === "good" ? yes : no}
          </button>
        ))}
      </div>
      <FailureLine text={failure} />
    </section>
  );
}
