/** @jsxImportSource preact */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "@fontsource-variable/familjen-grotesk/wght.css";
import "@fontsource-variable/red-hat-text/wght.css";
import "../ui/tokens.css";
import { ProblemPage } from "../portal/problem.tsx";
import { accentStyle } from "../widget/chat/accent.ts";
import { firstKnown } from "../widget/page-language.ts";
import "../portal/portal.css";
import "../portal/parts.css";
import "./live.css";
import { Again } from "./again.tsx";
import { ArrivalCard } from "./arrival.tsx";
import { Choices } from "./choices.tsx";
import { DeliveryContext } from "./context.ts";
import type { Live } from "./contract.ts";
import { CodeCard, Details } from "./details.tsx";
import { EndedCard } from "./ended.tsx";
import { formatOf } from "./format.ts";
import { Frame } from "./frame.tsx";
import { expectedHours, windowHours } from "./hours.ts";
import { readKey } from "./key.ts";
import { Question } from "./question.tsx";
import { TakeBack } from "./take-back.tsx";
import { type LiveState, useLive } from "./use-live.ts";
import { type Language, spokenState, wordsOf } from "./words.ts";

const browserLanguage = (): Language => firstKnown([...navigator.languages]) ?? "de";
const IN_FRONT: readonly Live["state"][] = ["booked", "loaded", "under_way"];

function dress(company: Live["company"]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(accentStyle(":root", company.accent));
  document.adoptedStyleSheets = [sheet];
}

function Page({ given }: { given: string }) {
  const state = useLive(given);
  const [picked, setPicked] = useState<Language | null>(null);
  const { live, problem } = state;
  const language = picked ?? live?.language ?? browserLanguage();
  const words = wordsOf(language, live?.formOfAddress ?? "sie");
  const company = live?.company;
  useEffect(() => {
    if (company) dress(company);
  }, [company]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = company ? `${words.title} – ${company.name}` : words.title;
  }, [language, company, words]);
  if (problem === "ended" || (problem && !live))
    return <ProblemPage key={problem} problem={words[problem]} onRetry={state.load} />;
  if (!live)
    return (
      <p class="wrap loading" role="status">
        {words.loading}
      </p>
    );
  return (
    <Frame company={live.company} words={words} language={language} onLanguage={setPicked}>
      <Shown state={state} live={live} language={language} />
    </Frame>
  );
}

interface ShownProps {
  state: LiveState;
  live: Live;
  language: Language;
}

function Shown({ state, live, language }: ShownProps) {
  const { map, isStale, busy, failure, act, client } = state;
  const words = wordsOf(language, live.formOfAddress);
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
        windows: client.windows,
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

function Start() {
  const given = readKey();
  if (given) return <Page given={given} />;
  return <ProblemPage problem={wordsOf(browserLanguage(), "sie").noKey} />;
}

// Another link in the same tab changes only the fragment, which loads nothing by itself.
window.addEventListener("hashchange", () => window.location.reload());
const place = document.getElementById("page");
if (place) render(<Start />, place);
