/** @jsxImportSource preact */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "@fontsource-variable/familjen-grotesk/wght.css";
import "@fontsource-variable/red-hat-text/wght.css";
import "../ui/tokens.css";
import { Frame } from "../live/frame.tsx";
import { ProblemPage } from "../portal/problem.tsx";
import { accentStyle } from "../widget/chat/accent.ts";
import { firstKnown } from "../widget/page-language.ts";
import "../portal/portal.css";
import "../portal/parts.css";
import "./pay.css";
import type { Pay } from "./contract.ts";
import { readKey } from "./key.ts";
import { usePay } from "./use-pay.ts";
import { Shown } from "./view.tsx";
import { type Language, wordsOf } from "./words.ts";

const browserLanguage = (): Language => firstKnown([...navigator.languages]) ?? "de";

function dress(company: Pay["company"]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(accentStyle(":root", company.accent));
  document.adoptedStyleSheets = [sheet];
}

function Page({ given }: { given: string }) {
  const state = usePay(given);
  const [picked, setPicked] = useState<Language | null>(null);
  const { pay, problem } = state;
  const language = picked ?? pay?.language ?? browserLanguage();
  const words = wordsOf(language, pay?.formOfAddress ?? "sie");
  const company = pay?.company;
  useEffect(() => {
    if (company) dress(company);
  }, [company]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = company ? `${words.title} – ${company.name}` : words.title;
  }, [language, company, words]);
  if (problem === "ended" || (problem && !pay))
    return <ProblemPage key={problem} problem={words[problem]} onRetry={state.load} />;
  if (!pay)
    return (
      <p class="wrap loading" role="status">
        {words.loading}
      </p>
    );
  return (
    <Frame company={pay.company} words={words} language={language} onLanguage={setPicked}>
      <Shown state={state} pay={pay} words={words} language={language} />
    </Frame>
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
