/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { safeHref } from "../widget/chat/view/links.ts";
import { Logo } from "../widget/chat/view/logo.tsx";
import type { CompanyPage } from "../widget/contract.ts";
import type { Language } from "../widget/seam.ts";
import { PAGE_WORDS } from "./words.ts";

interface FrameProps {
  data: CompanyPage;
  language: Language;
  nav: ComponentChildren;
  children: ComponentChildren;
}

const NAMES: Record<Language, string> = { de: "Deutsch", en: "English" };

/** A link, not a state: the address carries the language, nothing is stored, and the chat starts in it. */
function LanguageSwitch({ language }: Pick<FrameProps, "language">) {
  const other = language === "de" ? "en" : "de";
  return (
    <a class="switch" lang={other} hreflang={other} href={`?lang=${other}`}>
      {NAMES[other]}
    </a>
  );
}

function Footer({ data, language }: Pick<FrameProps, "data" | "language">) {
  const words = PAGE_WORDS[language];
  const imprint = safeHref(data.legal.imprint);
  const privacy = safeHref(data.legal.privacy);
  return (
    <footer class="foot">
      <div class="wrap">
        <span>{data.name}</span>
        {imprint && <a href={imprint}>{words.imprint}</a>}
        {privacy && <a href={privacy}>{words.privacy}</a>}
        <span class="runs">{words.runsOn}</span>
      </div>
    </footer>
  );
}

/** Head and foot around a company's page. The company stands alone; we stand in the footer, as text. */
export function Frame({ data, language, nav, children }: FrameProps) {
  return (
    <>
      <a class="skip" href="#content">
        {PAGE_WORDS[language].skip}
      </a>
      <header class="head">
        <div class="wrap">
          <span class="brand">
            <Logo logo={data.logo} company={data.name} />
            <span>{data.name}</span>
          </span>
          {nav}
          <LanguageSwitch language={language} />
        </div>
      </header>
      <main id="content">{children}</main>
      <Footer data={data} language={language} />
    </>
  );
}
