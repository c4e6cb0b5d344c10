/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { localeOf } from "../widget/chat/view/format.ts";
import type { Language } from "../widget/seam.ts";
import { Jug, Knob, Lamp, Roaster } from "./drawings.tsx";
import { SHOP_WORDS, type ShopWords } from "./shop-words.ts";

function euros(cents: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: "currency", currency: "EUR" }).format(
    cents / 100,
  );
}

const PRICE_CENTS = { roaster: 12_900, jug: 4_900, lamp: 8_900, knob: 900 };
const SECTIONS = ["kueche", "tisch", "licht", "werkstatt"] as const;

export function ShopNav({ language }: { language: Language }) {
  const words = SHOP_WORDS[language];
  return (
    <nav class="nav" aria-label={words.nav}>
      {SECTIONS.map((id, index) => (
        <a key={id} href={`#${id}`}>
          {words.sections[index]}
        </a>
      ))}
      <a class="tonight" href="#lieferung">
        {words.tonight}
      </a>
    </nav>
  );
}

function Facts({ rows }: { rows: readonly [string, string][] }) {
  return (
    <dl class="facts">
      {rows.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The shop sells nothing and says so; what is real here is the conversation. */
function Buy({ words }: { words: ShopWords }) {
  const [isPressed, setPressed] = useState(false);
  return (
    <div class="buy">
      <button type="button" class="button primary" onClick={() => setPressed(true)}>
        {words.basket}
      </button>
      <p role="status">{isPressed ? words.demo : ""}</p>
    </div>
  );
}

function Product({ language }: { language: Language }) {
  const words = SHOP_WORDS[language];
  return (
    <article class="product wrap" id="kueche">
      <div class="stage">
        <Roaster />
      </div>
      <div class="about">
        <p class="quiet">{words.category}</p>
        <h1>{words.roaster}</h1>
        <p class="price">
          <strong>{euros(PRICE_CENTS.roaster, language)}</strong> <span>{words.vat}</span>
        </p>
        <p class="tale">{words.tale}</p>
        <p class="tonight" id="lieferung">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" />
            <path d="m8.5 12.5 2.5 2.5 5-5.5" />
          </svg>
          {words.delivery}
        </p>
        <Buy words={words} />
        <Facts rows={words.facts} />
      </div>
    </article>
  );
}

const CARDS = [
  { id: "tisch", name: "jug", Drawing: Jug },
  { id: "licht", name: "lamp", Drawing: Lamp },
  { id: "werkstatt", name: "knob", Drawing: Knob },
] as const;

/** Hansekontor, the demo company: one product large, three beside it. */
export function Shop({ language }: { language: Language }) {
  const words = SHOP_WORDS[language];
  return (
    <>
      <Product language={language} />
      <ul class="cards wrap">
        {CARDS.map(({ id, name, Drawing }) => (
          <li key={id} id={id}>
            <div class="stage small">
              <Drawing />
            </div>
            <h2>{words.cards[name].title}</h2>
            <p class="quiet">{words.cards[name].text}</p>
            <p class="amount">
              {words.cards[name].from} {euros(PRICE_CENTS[name], language)}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
