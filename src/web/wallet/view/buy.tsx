/** @jsxImportSource preact */
import { useRef, useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { safeHref } from "../../widget/chat/view/links.ts";
import { randomHex } from "../state/signing.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { LegalTag, Part } from "./parts.tsx";

const LEAST_MINOR = 100;
const MOST_MINOR = 9_999_999_999;

/** Euro for coins: the amount here, the payment on the page of payments. */
export function Buy({ wallet }: { wallet: KeptWallet }) {
  const { words, session, format } = usePage();
  const say = words.buy;
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  // The same amount tapped twice is one purchase.
  const tapped = useRef<{ minor: number; key: string } | null>(null);
  const minor = minorOf(text);
  const buy = async () => {
    if (minor === null) {
      setFault(say.wrong);
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      if (tapped.current?.minor !== minor) tapped.current = { minor, key: randomHex(16) };
      const { payUrl } = await session.parts
        .ownerOf(wallet)
        .buy({ amountMinor: minor, key: tapped.current.key });
      const address = safeHref(payUrl);
      if (address) window.location.assign(address);
      else setFault(words.failures.refused);
    } catch {
      setFault(words.failures.busy);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Part title={say.title}>
      <p class="lead">{say.text}</p>
      {wallet.me && wallet.me.coin.legal !== "play" && <LegalTag coin={wallet.me.coin} />}
      <form
        class="wallet-card inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void buy();
        }}
      >
        <label for="euro">{say.label}</label>
        <input
          id="euro"
          inputMode="decimal"
          autocomplete="off"
          value={text}
          aria-invalid={fault === say.wrong}
          aria-describedby="euro-fault"
          onInput={(event) => {
            setText(event.currentTarget.value);
            setFault(null);
          }}
        />
        <div id="euro-fault">
          <FailureLine text={fault} />
        </div>
        <button type="submit" class="button primary large" aria-busy={isBusy}>
          {minor === null ? say.title : say.pay(format.money(minor))}
        </button>
        <p class="small quiet">{say.afterwards}</p>
      </form>
      <p class="small quiet">{say.counter}</p>
    </Part>
  );
}

/** "12", "12,5" or "12.50" as cents. @returns null for what is no such amount */
export function minorOf(text: string): number | null {
  const [, whole = "", part = ""] = /^\s*(\d{1,8})(?:[.,](\d{1,2}))?\s*€?\s*$/.exec(text) ?? [];
  if (whole === "") return null;
  const minor = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return minor >= LEAST_MINOR && minor <= MOST_MINOR ? minor : null;
}
