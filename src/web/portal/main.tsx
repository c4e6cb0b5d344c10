/** @jsxImportSource preact */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { CallError } from "../customer-page/call.ts";
import { browserLanguage, useDress } from "../customer-page/dress.ts";
import { Frame } from "../customer-page/frame.tsx";
import { ProblemPage } from "../customer-page/problem.tsx";
import { startPage } from "../customer-page/start.tsx";
import { openClient } from "./client.ts";
import { Portal } from "./context.ts";
import type { Erased, PortalData, PortalGrant } from "./contract.ts";
import { ErasedPage } from "./erase.tsx";
import { formatOf } from "./format.ts";
import { forgetKey, takeKey } from "./key.ts";
import { Overview } from "./overview.tsx";
import "./portal.css";
import "./parts.css";
import type { Language } from "../customer-page/words.ts";
import { useOffline } from "./use-offline.ts";
import { wordsOf } from "./words.ts";

/** What the page shows: it loads, shows a person's data, or says why not. */
type Stage = "loading" | "open" | "ended" | "noKey" | "offline" | "left";

const SAID_MS = 6_000;

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
  useDress(data?.company, language, words.title);

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
        head={
          !erased && (
            <button type="button" class="text-button" onClick={leave}>
              {words.leave}
            </button>
          )
        }
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

// Paper has nothing to press: what is folded away is printed too.
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
startPage(<Page given={takeKey()} />);
