/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Language } from "../../widget/seam.ts";
import { type Calls, Refused } from "./calls.ts";
import { TOPICS_WORDS } from "./words.ts";

interface ConfirmProps {
  token: string;
  calls: Calls;
  language: Language;
}

type State = { is: "open" | "busy" | "gone" | "lost" } | { is: "done"; topic: string };

/** The yes of a double opt-in is a press of a button: programs that look into mails follow links, people press. */
export function Confirm({ token, calls, language }: ConfirmProps) {
  const words = TOPICS_WORDS[language].confirm;
  const [state, setState] = useState<State>({ is: "open" });
  const confirm = async () => {
    if (state.is === "busy") return;
    setState({ is: "busy" });
    try {
      const { topic } = await calls.confirm(token);
      setState({ is: "done", topic: topic[language] || topic.de || topic.en });
    } catch (cause) {
      setState({ is: cause instanceof Refused && cause.status > 0 && cause.status < 500 ? "gone" : "lost" });
    }
  };
  return (
    <section class="confirm" aria-live="polite">
      <h2>{state.is === "done" ? words.done(state.topic) : words.title}</h2>
      {state.is === "done" && <p>{words.doneText}</p>}
      {state.is === "gone" && <p class="fault">{words.gone}</p>}
      {state.is === "lost" && <p class="fault">{words.noAnswer}</p>}
      {state.is !== "done" && state.is !== "gone" && (
        <>
          <p>{words.text}</p>
          <button
            type="button"
            class="button primary"
            aria-busy={state.is === "busy"}
            onClick={() => void confirm()}
          >
            {words.act}
          </button>
        </>
      )}
    </section>
  );
}
