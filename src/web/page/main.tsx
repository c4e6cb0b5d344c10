/** @jsxImportSource preact */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "@fontsource-variable/familjen-grotesk/wght.css";
import "@fontsource-variable/red-hat-text/wght.css";
import "../ui/tokens.css";
import { accentStyle } from "../widget/chat/accent.ts";
import type { CompanyPage } from "../widget/contract.ts";
import { firstKnown } from "../widget/page-language.ts";
import type { Language } from "../widget/seam.ts";
import { Frame } from "./frame.tsx";
import { Missing } from "./missing.tsx";
import "./page.css";
import { openChat, Reach } from "./reach.tsx";
import "./shop.css";
import { Shop, ShopNav } from "./shop.tsx";
import { Topics } from "./topics/topics.tsx";
import { PAGE_WORDS } from "./words.ts";

/** The demo company's page is a shop; every other company gets its name, hours and ways in. */
const DEMO_SLUG = "hansekontor";

/** Longer words are no beginning of a conversation. */
const SAY_MOST = 300;
const TOPICS = /\/topics$/;

function pageAddress(): string {
  return window.location.pathname.replace(/\/+$/, "");
}

/** The company's own page, also from its catalogue of topics. */
function companyAddress(): string {
  return pageAddress().replace(TOPICS, "");
}

/** Words that a link drafts for the visitor, e.g. to subscribe; the visitor sends them, or not. */
function wordsToSay(): string {
  return (new URLSearchParams(window.location.search).get("say") ?? "").slice(0, SAY_MOST);
}

function languageOf(data: CompanyPage | null): Language {
  const asked = new URLSearchParams(window.location.search).get("lang");
  return firstKnown([asked, ...navigator.languages, data?.language]) ?? "de";
}

function dress(data: CompanyPage): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(accentStyle(":root", data.accent));
  document.adoptedStyleSheets = [sheet];
}

/** The very script tag that any foreign site has. */
function embedChat(data: CompanyPage, language: Language): void {
  const script = document.createElement("script");
  script.src = new URL("/widget.js", window.location.href).href;
  script.async = true;
  script.dataset.key = data.key;
  script.dataset.lang = language;
  script.dataset.say = wordsToSay();
  script.dataset.accent = data.accent.light["--ah-accent"] ?? data.accent.light.accent ?? "";
  script.dataset.accentDark = data.accent.dark["--ah-accent"] ?? data.accent.dark.accent ?? "";
  document.body.append(script);
}

async function fetchPage(): Promise<CompanyPage> {
  const response = await fetch(`${companyAddress()}/data`, { credentials: "omit" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as CompanyPage;
}

function Page() {
  const [data, setData] = useState<CompanyPage | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [language, setLanguage] = useState<Language>(languageOf(null));

  const load = () => {
    setMissing(false);
    fetchPage().then(
      (page) => {
        dress(page);
        setLanguage(languageOf(page));
        setData(page);
      },
      () => setMissing(true),
    );
  };
  useEffect(load, []);
  useEffect(() => {
    document.documentElement.lang = language;
    if (!data) return;
    document.title = data.name;
    embedChat(data, language);
    if (wordsToSay() !== "") openChat();
  }, [data, language]);

  if (isMissing) return <Missing words={PAGE_WORDS[language]} onRetry={load} />;
  if (!data)
    return (
      <p class="wrap loading" role="status">
        {PAGE_WORDS[language].loading}
      </p>
    );
  if (TOPICS.test(pageAddress()))
    return (
      <Frame data={data} language={language} nav={null}>
        <Topics company={companyAddress()} data={data} language={language} />
      </Frame>
    );
  const isShop = pageAddress().endsWith(`/${DEMO_SLUG}`);
  const nav = isShop ? <ShopNav language={language} /> : null;
  return (
    <Frame data={data} language={language} nav={nav}>
      {isShop ? <Shop language={language} /> : <h1 class="wrap name">{data.name}</h1>}
      <div class="wrap">
        <Reach data={data} language={language} company={pageAddress()} />
      </div>
    </Frame>
  );
}

const place = document.getElementById("page");
if (place) render(<Page />, place);
