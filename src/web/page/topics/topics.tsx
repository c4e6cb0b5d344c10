/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { CompanyPage } from "../../widget/contract.ts";
import type { Language } from "../../widget/seam.ts";
import { Missing } from "../missing.tsx";
import { PAGE_WORDS } from "../words.ts";
import { callsOf } from "./calls.ts";
import { Confirm } from "./confirm.tsx";
import type { Catalogue } from "./contract.ts";
import { TopicCard } from "./topic-card.tsx";
import "./topics.css";
import { TOPICS_WORDS } from "./words.ts";

interface TopicsProps {
  /** Address of the company's page, e.g. "/c/hansekontor" */
  company: string;
  data: CompanyPage;
  language: Language;
}

/** What a company offers to tell, and every way to subscribe to it. */
export function Topics({ company, data, language }: TopicsProps) {
  const words = TOPICS_WORDS[language];
  const [calls] = useState(() => callsOf(company));
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null);
  const [isMissing, setMissing] = useState(false);
  const token = new URLSearchParams(window.location.search).get("confirm");
  const load = () => {
    setMissing(false);
    calls.topics().then(setCatalogue, () => setMissing(true));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: loaded once; the page is one company's
  useEffect(load, []);
  useEffect(() => {
    document.title = words.title(data.name);
  }, [words, data.name]);
  if (isMissing) return <Missing words={PAGE_WORDS[language]} onRetry={load} />;
  return (
    <div class="wrap topics">
      <h1>{words.title(data.name)}</h1>
      <p class="lead">{words.lead}</p>
      {token && <Confirm token={token} calls={calls} language={language} />}
      {!catalogue && <p role="status">{PAGE_WORDS[language].loading}</p>}
      {catalogue?.topics.length === 0 && <p>{words.none}</p>}
      <div class="list">
        {catalogue?.topics.map((topic) => (
          <TopicCard
            key={topic.slug}
            topic={topic}
            hasForm={catalogue.hasForm}
            calls={calls}
            language={language}
          />
        ))}
      </div>
      <p>
        <a href={company}>{words.back(data.name)}</a>
      </p>
    </div>
  );
}
