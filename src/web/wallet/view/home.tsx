/** @jsxImportSource preact */
import lock from "lucide-react/icons/lock";
import shieldCheck from "lucide-react/icons/shield-check";
import triangleAlert from "lucide-react/icons/triangle-alert";
import { useState } from "preact/hooks";
import { Icon } from "../../customer-page/icon.tsx";
import { safeHref } from "../../widget/chat/view/links.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { HelpRequests } from "./help.tsx";
import { MovementList } from "./history.tsx";
import { Code, LegalTag } from "./parts.tsx";
import { ReadCode } from "./read-code.tsx";
import { WaitingList } from "./waiting.tsx";

const SHOWN = 5;

/** The balance first and large, then what waits, what happened, and what one can do. */
export function Home({ wallet }: { wallet: KeptWallet }) {
  const { words, state, session, format, go } = usePage();
  const { me } = wallet;
  if (!me) return null;
  const clock = format.clock(wallet.meAt);
  const isStale = state.net === "offline" || state.net === "busy";
  return (
    <div class="wrap wallet">
      {isStale && (
        <p class="offline" role="status">
          {words.home.offline(clock)}
        </p>
      )}
      <div class="wallet-columns">
        <div class="aside">
          <Balance wallet={wallet} />
          <WaitingList />
          <HelpRequests helper={wallet} />
          <ReadCode />
          <section aria-labelledby="history">
            <h2 id="history">{words.history.title}</h2>
            <MovementList movements={wallet.movements.slice(0, SHOWN)} />
            {wallet.movements.length > SHOWN && (
              <button type="button" class="text-button" onClick={() => go({ name: "history" })}>
                {words.history.all}
              </button>
            )}
          </section>
        </div>
        <div class="aside">
          {me.canBuy && (
            <Doing text={words.buy.text} button={words.buy.title} onClick={() => go({ name: "buy" })} />
          )}
          <Doing text={words.check.lead} button={words.check.open} onClick={() => go({ name: "check" })} />
          <Safety wallet={wallet} />
          <Account wallet={wallet} />
          <p class="links">
            <a href={safeHref(me.company.page) ?? undefined}>{words.home.conversation}</a>
            <a href={safeHref(me.coin.page) ?? undefined}>{words.home.public}</a>
          </p>
          <p class="small quiet as-of-row">
            {words.home.asOf(clock)}
            <button type="button" class="text-button" onClick={() => void session.refresh()}>
              {words.home.refresh}
            </button>
          </p>
        </div>
      </div>
    </div>
  );
}

function Balance({ wallet: { me } }: { wallet: KeptWallet }) {
  const { words, format } = usePage();
  if (!me) return null;
  const { balance, held, isFrozen, limits, dayOut, coin } = me;
  return (
    <section class="wallet-card" aria-labelledby="balance">
      <h1 id="balance" class="balance">
        <span class="kicker">{words.home.balance}</span>
        <span class="figure">
          {format.amount(balance)} <span class="unit">{coin.name}</span>
        </span>
      </h1>
      {coin.legal !== "play" && <p class="quiet">{words.home.euro(format.euro(balance))}</p>}
      {balance === 0 && held === 0 && <p class="quiet">{words.home.none}</p>}
      {held > 0 && <p>{words.home.held(format.coins(held))}</p>}
      {limits.dayMost !== null && (
        <p class="small quiet">{words.home.dayLeft(format.coins(Math.max(0, limits.dayMost - dayOut)))}</p>
      )}
      {isFrozen && (
        <p class="row frozen" role="status">
          <Icon of={lock} /> <span>{words.home.frozen}</span>
        </p>
      )}
      <LegalTag coin={coin} />
    </section>
  );
}

function Doing({ text, button, onClick }: { text: string; button: string; onClick(): void }) {
  return (
    <section class="doing">
      <p class="small quiet">{text}</p>
      <button type="button" class="button" onClick={onClick}>
        {button}
      </button>
    </section>
  );
}

function Safety({ wallet: { me } }: { wallet: KeptWallet }) {
  const { words, format, go } = usePage();
  const { needed = 0, members = [] } = me?.recoverers ?? {};
  const isSafe = members.length > 0;
  return (
    <section class="doing">
      <p class="row">
        <span class={isSafe ? "mark" : "mark warn"}>
          <Icon of={isSafe ? shieldCheck : triangleAlert} />
        </span>
        <span class={isSafe ? "" : "strong"}>
          {isSafe ? words.home.safe(format.count(needed), format.count(members.length)) : words.home.unsafe}
        </span>
      </p>
      {!isSafe && <p class="small">{words.home.unsafeText}</p>}
      <button type="button" class="button" onClick={() => go({ name: "safety" })}>
        {words.safety.open}
      </button>
    </section>
  );
}

/** Shown when asked for: it is long, and seldom needed. */
function Account({ wallet: { tenantId, account } }: { wallet: KeptWallet }) {
  const { words } = usePage();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.home.account}</summary>
      {isOpen && <AccountCode place={`${tenantId}.${account}`} />}
    </details>
  );
}

function AccountCode({ place }: { place: string }) {
  const { words } = usePage();
  return (
    <div class="stack">
      <Code text={place} label={words.home.account} />
      <p class="small quiet">{words.home.accountText}</p>
    </div>
  );
}
