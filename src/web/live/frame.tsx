/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { safeHref } from "../widget/chat/view/links.ts";
import { Logo } from "../widget/chat/view/logo.tsx";
import type { Live } from "./contract.ts";
import type { Language, Words } from "./words.ts";

interface FrameProps {
  company: Live["company"];
  words: Pick<Words, "skip" | "otherLanguage" | "imprint" | "privacy" | "runsOn">;
  language: Language;
  onLanguage(language: Language): void;
  children: ComponentChildren;
}

/** Head and foot: the company stands alone; we stand in the footer, as text. */
export function Frame({ company, words, language, onLanguage, children }: FrameProps) {
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
