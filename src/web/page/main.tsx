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
import { Reach } from "./reach.tsx";
import "./shop.css";
import { Shop, ShopNav } from "./shop.tsx";
import { PAGE_WORDS } from "./words.ts";

/** The demo company's page is a shop; every other company gets its name, hours and ways in. */
const DEMO_SLUG = "hansekontor";

function pageAddress(): string {
  return window.location.pathname.replace(/\/+$/, "");
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
  script.dataset.accent = data.accent.light["--ah-accent"] ?? data.accent.light.accent ?? "";
  script.dataset.accentDark = data.accent.dark["--ah-accent"] ?? data.accent.dark.accent ?? "";
  document.body.append(script);
}

async function fetchPage(): Promise<CompanyPage> {
  const response = await fetch(`${pageAddress()}/data`, { credentials: "omit" });
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
  }, [data, language]);

  if (isMissing) return <Missing words={PAGE_WORDS[language]} onRetry={load} />;
  if (!data)
    return (
      <p class="wrap loading" role="status">
        {PAGE_WORDS[language].loading}
      </p>
    );
  const isShop = pageAddress().endsWith(`/${DEMO_SLUG}`);
  const nav = isShop ? <ShopNav language={language} /> : null;
  return (
    <Frame data={data} language={language} nav={nav}>
      {isShop ? <Shop language={language} /> : <h1 class="wrap name">{data.name}</h1>}
      <div class="wrap">
        <Reach data={data} language={language} />
      </div>
    </Frame>
  );
}

const place = document.getElementById("page");
if (place) render(<Page />, place);
