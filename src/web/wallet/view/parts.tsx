/** @jsxImportSource preact */
import arrowLeft from "lucide-react/icons/arrow-left";
import copySign from "lucide-react/icons/copy";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../customer-page/icon.tsx";
import type { Coin } from "../contract.ts";
import { usePage } from "./context.ts";

/** A part of the page below the first: the way back, its name, its content. */
export function Part({ title, children }: { title: string; children: ComponentChildren }) {
  const { words, state, go } = usePage();
  const coin = state.wallet?.me?.coin;
  return (
    <div class="wrap wallet part">
      <p>
        <button type="button" class="text-button" onClick={() => go({ name: "home" })}>
          <Icon of={arrowLeft} /> {words.back}
        </button>
      </p>
      <h1>{title}</h1>
      {coin?.legal === "play" && <LegalTag coin={coin} />}
      {children}
    </div>
  );
}

/** What kind of money it is; play money says so everywhere. */
export function LegalTag({ coin }: { coin: Coin }) {
  const { words } = usePage();
  return (
    <p class={coin.legal === "play" ? "legal play" : "legal"}>
      <b>{words.legal[coin.legal].tag}</b> {words.legal[coin.legal].text}
    </p>
  );
}

/** A code that people compare or type, with a button that takes it along. */
export function Code({ text, label }: { text: string; label: string }) {
  const { words } = usePage();
  const [isCopied, setCopied] = useState(false);
  return (
    <div class="code-row">
      <code>{text}</code>
      <button
        type="button"
        class="button"
        onClick={() =>
          void navigator.clipboard?.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        <Icon of={copySign} /> {words.home.copy}
        <span class="hidden"> {label}</span>
      </button>
      <span class="small" role="status">
        {isCopied ? words.home.copied : ""}
      </span>
    </div>
  );
}

/** Terms left, figures right. */
export function Rows({
  rows,
}: {
  rows: readonly (readonly [term: string, text: string, strong?: "strong"])[];
}) {
  return (
    <dl class="rows">
      {rows.map(([term, text, strong]) => (
        <div key={term} class={strong}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
