/** @jsxImportSource preact */
import eraser from "lucide-react/icons/eraser";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { Icon } from "../customer-page/icon.tsx";
import { usePortal } from "./context.ts";
import type { Erased } from "./contract.ts";
import { useCall } from "./use-call.ts";

/** Erasing cannot be undone: it is prepared, explained, and confirmed by a typed word. */
export function EraseCard({ onErased }: { onErased(result: Erased): void }) {
  const { words } = usePortal();
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="card" aria-labelledby="erase-title">
      <Icon of={eraser} />
      <div>
        <h2 id="erase-title">{words.erase.title}</h2>
        <p class="quiet">{words.erase.lead}</p>
        {isOpen ? (
          <EraseForm onErased={onErased} onCancel={() => setOpen(false)} />
        ) : (
          <div class="buttons">
            <button type="button" class="button danger" onClick={() => setOpen(true)}>
              {words.erase.prepare}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}

function EraseForm({ onErased, onCancel }: { onErased(result: Erased): void; onCancel(): void }) {
  const { client, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const { word } = words.erase;
  useEffect(() => field.current?.focus(), []);
  const erase = (event: Event) => {
    event.preventDefault();
    const isRight = text.trim().toLocaleUpperCase() === word;
    setWrong(!isRight);
    if (isRight) run(() => client.erase(word), onErased);
    else field.current?.focus();
  };
  return (
    <form class="inline-form" onSubmit={erase}>
      <h3>{words.erase.question}</h3>
      <p id={`${id}-help`}>{words.erase.stays}</p>
      <label for={id}>{words.erase.label(word)}</label>
      <input
        id={id}
        ref={field}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby={`${id}-help ${id}-error`}
        aria-invalid={isWrong}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div id={`${id}-error`}>
        <FailureLine text={isWrong ? words.erase.wrong(word) : failure} />
      </div>
      <div class="buttons">
        <button type="submit" class="button danger filled" aria-busy={isBusy}>
          {words.erase.confirm}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

/** What stays, and why: the last thing that this page says. */
export function ErasedPage({ erased }: { erased: Erased }) {
  const { format, words } = usePortal();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="wrap narrow">
      <h1 ref={heading} tabIndex={-1}>
        {words.erased.title}
      </h1>
      <p>{words.erased.lead(format.time(erased.erasedAt))}</p>
      <h2>{words.erased.kept}</h2>
      <ul class="kept">
        {erased.kept.map(({ kind, count, until }) => (
          <li key={kind}>
            <p>{words.erased.kinds[kind]?.(format.number(count ?? 0))}</p>
            <p class="quiet small">{until ? words.erased.until(format.day(until)) : words.erased.forGood}</p>
          </li>
        ))}
      </ul>
      <p>{words.erased.after}</p>
    </div>
  );
}
