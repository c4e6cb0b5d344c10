/** @jsxImportSource preact */
import type { ComponentChildren, ComponentType } from "preact";
import { useState } from "preact/hooks";
import type { Told } from "./company.ts";
import { browserLanguage, useDress } from "./dress.ts";
import { Frame } from "./frame.tsx";
import "./link-page.css";
import { readKey } from "./key.ts";
import { ProblemPage } from "./problem.tsx";
import { startPage } from "./start.tsx";
import type { PageData } from "./use-page-data.ts";
import type { Form, Language, LinkWords } from "./words.ts";

type WordsOf<Words> = (language: Language, form: Form) => Words;

interface LinkPageProps<Data, Words> {
  state: Pick<PageData<Data, string>, "data" | "problem" | "load">;
  wordsOf: WordsOf<Words>;
  children(data: Data, words: Words, language: Language): ComponentChildren;
}

/** A page behind a link: it loads, shows what the node told, or says why not. */
export function LinkPage<Data extends Told, Words extends LinkWords>(props: LinkPageProps<Data, Words>) {
  const { data, problem, load } = props.state;
  const [picked, setPicked] = useState<Language | null>(null);
  const language = picked ?? data?.language ?? browserLanguage();
  const words = props.wordsOf(language, data?.formOfAddress ?? "sie");
  useDress(data?.company, language, words.title);
  if (problem === "ended" || (problem && !data))
    return <ProblemPage key={problem} problem={words[problem]} onRetry={load} />;
  if (!data)
    return (
      <p class="wrap loading" role="status">
        {words.loading}
      </p>
    );
  return (
    <Frame company={data.company} words={words} language={language} onLanguage={setPicked}>
      {props.children(data, words, language)}
    </Frame>
  );
}

/** Shows the page for the key in the link, or says that it is missing. */
export function startLinkPage(Page: ComponentType<{ given: string }>, wordsOf: WordsOf<LinkWords>): void {
  const given = readKey();
  startPage(
    given ? <Page given={given} /> : <ProblemPage problem={wordsOf(browserLanguage(), "sie").noKey} />,
  );
}
