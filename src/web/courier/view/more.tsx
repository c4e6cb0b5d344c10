/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Theme } from "../state/phone-store.ts";
import { hasEnded, type SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { NAVIGATIONS } from "./navigation.tsx";
import { Sheet } from "./sheet.tsx";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** Settings, other shifts, the end of the round. */
export function MoreSheet({
  shift,
  onShifts,
  onClose,
}: {
  shift: SeenShift | null;
  onShifts(): void;
  onClose(): void;
}) {
  const { words, state, session, language } = useCourier();
  const [isEnding, setEnding] = useState(false);
  const { settings } = state;
  const open = shift?.stops.filter((stop) => !hasEnded(stop)).length ?? 0;
  const back = () => {
    if (shift) void session.act([{ kind: "back", shiftId: shift.id }]);
    onClose();
  };
  if (isEnding)
    return (
      <Sheet title={words.more.back} onClose={onClose}>
        <p>{words.more.backAsk(open)}</p>
        <div class="buttons">
          <button type="button" class="button" onClick={() => setEnding(false)}>
            {words.cancel}
          </button>
          <button type="button" class="button danger" onClick={back}>
            {words.more.backConfirm}
          </button>
        </div>
      </Sheet>
    );
  return (
    <Sheet title={words.more.title} onClose={onClose}>
      <PlaceSwitch />
      <Choices
        legend={words.more.navigation}
        chosen={settings.navigation}
        all={NAVIGATIONS.map((one) => [one, words.more.navigations[one]])}
        onChoose={(navigation) => void session.change({ navigation })}
      />
      <Choices
        legend={words.more.theme}
        chosen={settings.theme}
        all={THEMES.map((one) => [one, words.more.themes[one]])}
        onChoose={(theme) => void session.change({ theme })}
      />
      <Choices
        legend={words.more.language}
        chosen={language}
        all={[
          ["de", "Deutsch"],
          ["en", "English"],
        ]}
        onChoose={(chosen) => void session.change({ language: chosen })}
      />
      {shift && (
        <div class="stack">
          <button
            type="button"
            class="button wide"
            onClick={() => {
              onShifts();
              onClose();
            }}
          >
            {words.more.toShifts}
          </button>
          {shift.state === "out" && (
            <button type="button" class="button wide" onClick={() => (open === 0 ? back() : setEnding(true))}>
              {words.more.back}
            </button>
          )}
        </div>
      )}
    </Sheet>
  );
}

function PlaceSwitch() {
  const { words, state, session } = useCourier();
  const isOn = state.settings.sharesPlace;
  return (
    <div class="switch-row">
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-describedby="place-help"
        class="switch"
        onClick={() => void session.change({ sharesPlace: !isOn })}
      >
        <span class="switch-name">{words.more.place}</span>
        <span class="track" aria-hidden="true">
          <i />
        </span>
        <span>{isOn ? words.on : words.off}</span>
      </button>
      <p id="place-help" class="quiet small">
        {words.more.placeHelp}
      </p>
    </div>
  );
}

function Choices<T extends string>({
  legend,
  chosen,
  all,
  onChoose,
}: {
  legend: string;
  chosen: T | null;
  all: readonly (readonly [T, string])[];
  onChoose(one: T): void;
}) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {all.map(([one, text]) => (
        <label key={one} class={one === chosen ? "choice chosen" : "choice"}>
          <input type="radio" name={legend} checked={one === chosen} onChange={() => onChoose(one)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
