/** @jsxImportSource preact */
import { render } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import "@fontsource-variable/familjen-grotesk/wght.css";
import "@fontsource-variable/red-hat-text/wght.css";
import "../ui/tokens.css";
import { accentStyle } from "../widget/chat/accent.ts";
import { firstKnown } from "../widget/page-language.ts";
import { CallError, openClient } from "./client.ts";
import { Portal } from "./context.ts";
import type { Erased, PortalData, PortalGrant } from "./contract.ts";
import { ErasedPage } from "./erase.tsx";
import { formatOf } from "./format.ts";
import { Frame } from "./frame.tsx";
import { forgetKey, takeKey } from "./key.ts";
import { Overview } from "./overview.tsx";
import "./portal.css";
import "./parts.css";
import { ProblemPage } from "./problem.tsx";
import { useOffline } from "./use-offline.ts";
import { type Language, wordsOf } from "./words.ts";

/** What the page shows: it loads, shows a person's data, or says why not. */
type Stage = "loading" | "open" | "ended" | "noKey" | "offline" | "left";

const SAID_MS = 6_000;

function browserLanguage(): Language {
  return firstKnown([...navigator.languages]) ?? "de";
}

function dress(company: PortalData["company"]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(accentStyle(":root", company.accent));
  document.adoptedStyleSheets = [sheet];
}

function Page({ given }: { given: string | null }) {
  const [stage, setStage] = useState<Stage>(given ? "loading" : "noKey");
  const [data, setData] = useState<PortalData | null>(null);
  const [skewMs, setSkewMs] = useState(0);
  const [erased, setErased] = useState<Erased | null>(null);
  const [language, setLanguage] = useState<Language>(browserLanguage);
  const [said, say] = useSaid();
  const isOffline = useOffline();
  const client = useMemo(() => openClient(given ?? ""), [given]);
  const words = wordsOf(language, data?.company.formOfAddress ?? "sie");
  const onEnded = useCallback(() => {
    forgetKey();
    setStage("ended");
  }, []);
  const load = useCallback(() => {
    setStage("loading");
    client.read().then(
      (loaded) => {
        dress(loaded.company);
        setLanguage(loaded.language);
        setSkewMs(Date.parse(loaded.asOf) - Date.now());
        setData(loaded);
        setStage("open");
      },
      (error: unknown) => {
        if (error instanceof CallError && error.failure === "ended") onEnded();
        else setStage("offline");
      },
    );
  }, [client, onEnded]);
  useEffect(() => {
    if (given) load();
  }, [given, load]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = data ? `${words.title} – ${data.company.name}` : words.title;
  }, [language, data, words]);

  if (stage === "loading")
    return (
      <p class="wrap loading" role="status">
        {words.loading}
      </p>
    );
  if (stage !== "open" || !data)
    return <ProblemPage key={stage} problem={words[stage === "open" ? "offline" : stage]} onRetry={load} />;
  const leave = () => {
    forgetKey();
    client.leave().then(
      () => setStage("left"),
      () => setStage("left"),
    );
  };
  const onErased = (result: Erased) => {
    forgetKey();
    setErased(result);
  };
  const onGrants = (grants: PortalGrant[]) => setData({ ...data, grants });
  const format = formatOf(language, data.company.timeZone);
  return (
    <Portal.Provider value={{ words, language, format, client, say, onEnded }}>
      <Frame
        company={data.company}
        words={words}
        language={language}
        onLanguage={setLanguage}
        onLeave={erased ? undefined : leave}
      >
        {erased ? (
          <ErasedPage erased={erased} />
        ) : (
          <Overview
            data={data}
            isOffline={isOffline}
            skewMs={skewMs}
            onGrants={onGrants}
            onErased={onErased}
          />
        )}
      </Frame>
      <p class={said ? "said" : "said away"} role="status">
        {said}
      </p>
    </Portal.Provider>
  );
}

/** A sentence that stands for some seconds. */
function useSaid(): [string, (sentence: string) => void] {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!said) return;
    const timer = window.setTimeout(() => setSaid(""), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [said]);
  return [said, setSaid];
}

// A new link in the same tab changes only the fragment, which loads nothing by itself.
window.addEventListener("hashchange", () => window.location.reload());
// Paper has nothing to press: what is folded away is printed too.
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
const place = document.getElementById("page");
if (place) render(<Page given={takeKey()} />, place);
