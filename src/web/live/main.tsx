/** @jsxImportSource preact */
import { LinkPage, startLinkPage } from "../customer-page/link-page.tsx";
import type { Language } from "../customer-page/words.ts";
import { Again } from "./again.tsx";
import { ArrivalCard } from "./arrival.tsx";
import { Choices } from "./choices.tsx";
import { DeliveryContext } from "./context.ts";
import type { Live } from "./contract.ts";
import { CodeCard, Details } from "./details.tsx";
import { EndedCard } from "./ended.tsx";
import { formatOf } from "./format.ts";
import { expectedHours, windowHours } from "./hours.ts";
import "./live.css";
import { Question } from "./question.tsx";
import { TakeBack } from "./take-back.tsx";
import { type LiveState, useLive } from "./use-live.ts";
import { spokenState, type Words, wordsOf } from "./words.ts";

const IN_FRONT: readonly Live["state"][] = ["booked", "loaded", "under_way"];

function Page({ given }: { given: string }) {
  const state = useLive(given);
  return (
    <LinkPage state={state} wordsOf={wordsOf}>
      {(live, words, language) => <Shown state={state} live={live} words={words} language={language} />}
    </LinkPage>
  );
}

interface ShownProps {
  state: LiveState;
  live: Live;
  words: Words;
  language: Language;
}

function Shown({ state, live, words, language }: ShownProps) {
  const { map, isStale, busy, failure, act, windows } = state;
  const format = formatOf(language, live.timeZone);
  const isInFront = IN_FRONT.includes(live.state);
  const hours = live.expected
    ? expectedHours({ words, format }, live.expected)
    : windowHours({ words, format }, live);
  return (
    <DeliveryContext.Provider
      value={{
        words,
        language,
        format,
        busy,
        failure: failure && (failure === "gone" ? words.failed.gone : words.failures[failure]),
        act,
        windows,
      }}
    >
      <div class="wrap live">
        {isStale && (
          <p class="offline" role="status">
            {words.offline(format.clock(live.updatedAt))}
          </p>
        )}
        <p class="hidden" role="status">
          {spokenState(live, hours, words)}
        </p>
        <p class="sender">
          {words.from(live.senderName || live.company.name)}
          {live.attempt > 1 && ` · ${words.attempt(live.attempt)}`}
        </p>
        <div class="live-columns">
          <div>{isInFront ? <ArrivalCard live={live} map={map} /> : <EndedCard live={live} />}</div>
          <div class="aside">
            <CodeCard live={live} />
            <Choices live={live} />
            <TakeBack live={live} />
            {live.choices.includes("other_window") && <Again live={live} />}
            <Question live={live} />
            <Details live={live} />
          </div>
        </div>
      </div>
    </DeliveryContext.Provider>
  );
}

startLinkPage(Page, wordsOf);
