/** @jsxImportSource preact */
import { useId, useRef, useState } from "preact/hooks";
import type { Language } from "../../widget/seam.ts";
import { type Calls, Refused } from "./calls.ts";
import { type Choice, formChoice, missingIn } from "./choice.ts";
import type { Topic } from "./contract.ts";
import { TOPICS_WORDS } from "./words.ts";

interface FormProps {
  topic: Topic;
  choice: Choice;
  calls: Calls;
  language: Language;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** By e-mail: the node asks back, and without a yes nothing else comes. */
export function SubscribeForm({ topic, choice, calls, language }: FormProps) {
  const words = TOPICS_WORDS[language].form;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [state, setState] = useState<"open" | "busy" | "done">("open");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (state === "busy") return;
    const email = field.current?.value.trim() ?? "";
    const missing = missingIn(topic, choice);
    if (missing) return setFault(words.missing(missing.label[language] || missing.label.de));
    if (!ADDRESS.test(email)) {
      field.current?.focus();
      return setFault(words.emailFault);
    }
    setFault(null);
    setState("busy");
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      await calls.ask({ topic: topic.slug, email, language, timeZone, ...formChoice(topic, choice) });
      setState("done");
    } catch (cause) {
      setState("open");
      setFault(cause instanceof Refused && cause.status > 0 ? words.failed : words.noAnswer);
    }
  };
  return (
    <details class="by-mail">
      <summary>{words.title}</summary>
      {state === "done" ? (
        <p role="status">{words.done}</p>
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate aria-busy={state === "busy"}>
          <div class="field">
            <label for={id}>{words.email}</label>
            <input
              ref={field}
              id={id}
              type="email"
              autocomplete="email"
              maxLength={254}
              aria-describedby={`${id}-help ${id}-fault`}
              aria-invalid={fault !== null}
            />
          </div>
          <p class="quiet small" id={`${id}-help`}>
            {words.help}
          </p>
          <p class="fault" role="alert" id={`${id}-fault`}>
            {fault}
          </p>
          <button type="submit" class="button">
            {words.act}
          </button>
        </form>
      )}
    </details>
  );
}
