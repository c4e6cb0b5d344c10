/** @jsxImportSource preact */
import { useCourier } from "./context.ts";
import { Field } from "./sheet.tsx";
import type { Taking } from "./use-outcome.ts";

/** What the customer gives back: taken along, or not and why. */
export function TakeBack({
  what,
  taking,
  onTaking,
}: {
  what: string;
  taking: Taking | null;
  onTaking(taking: Taking): void;
}) {
  const { words } = useCourier();
  const choose = (isTaken: boolean) => onTaking({ isTaken, words: "" });
  return (
    <fieldset class="stack">
      <legend>
        {words.hand.takeBack} <b>{what}</b>
      </legend>
      <div class="pair">
        {([true, false] as const).map((isTaken) => (
          <button
            key={String(isTaken)}
            type="button"
            class={taking?.isTaken === isTaken ? "button primary" : "button"}
            aria-pressed={taking?.isTaken === isTaken}
            onClick={() => choose(isTaken)}
          >
            {isTaken ? words.hand.takenAlong : words.hand.notTaken}
          </button>
        ))}
      </div>
      {taking?.isTaken === false && (
        <Field
          label={words.hand.notTakenWhy}
          value={taking.words}
          onInput={(said) => onTaking({ isTaken: false, words: said })}
          most={200}
        />
      )}
    </fieldset>
  );
}
