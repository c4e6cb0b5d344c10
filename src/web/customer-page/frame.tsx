/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { safeHref } from "../widget/chat/view/links.ts";
import { Logo } from "../widget/chat/view/logo.tsx";
import type { Company } from "./company.ts";
import type { FrameWords, Language } from "./words.ts";

interface FrameProps {
  company: Company;
  words: FrameWords;
  language: Language;
  onLanguage(language: Language): void;
  /** What else stands in the head. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** Head and foot: the company stands alone; we stand in the footer, as text. */
export function Frame({ company, words, language, onLanguage, head, children }: FrameProps) {
  const other = language === "de" ? "en" : "de";
  const imprint = safeHref(company.legal.imprint);
  const privacy = safeHref(company.legal.privacy);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="head">
        <div class="wrap">
          <span class="brand">
            <Logo logo={company.logo} company={company.name} />
            <span>{company.name}</span>
          </span>
          <button type="button" class="text-button" lang={other} onClick={() => onLanguage(other)}>
            {words.otherLanguage}
          </button>
          {head}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer class="foot">
        <div class="wrap">
          <span>{company.name}</span>
          {imprint && <a href={imprint}>{words.imprint}</a>}
          {privacy && <a href={privacy}>{words.privacy}</a>}
          <span>{words.runsOn}</span>
        </div>
      </footer>
    </>
  );
}
