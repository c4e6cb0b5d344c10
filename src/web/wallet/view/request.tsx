/** @jsxImportSource preact */
import receiptText from "lucide-react/icons/receipt-text";
import shieldCheck from "lucide-react/icons/shield-check";
import { useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { Icon } from "../../customer-page/icon.tsx";
import { safeHref } from "../../widget/chat/view/links.ts";
import type { Asked, Me } from "../contract.ts";
import { payableOf } from "../state/payable.ts";
import { usePage } from "./context.ts";
import { LegalTag, Rows } from "./parts.tsx";
import { ReceiptCard } from "./receipt.tsx";
import { sentenceOf, WaitingCard } from "./waiting.tsx";

interface RequestProps {
  asked: Asked;
  /** TENANT.HEX */
  place: string;
  onChange(): void;
}

/** Who, what, how much; then one tap. */
export function Request({ asked, place, onChange }: RequestProps) {
  const { state, words, go } = usePage();
  const wallet = state.wallet?.tenantId === asked.coin.tenantId ? state.wallet : null;
  const waiting = state.queue.find(({ request }) => request === place);
  const isOpen = asked.state === "open";
  return (
    <div class="wrap wallet">
      <div class="wallet-columns">
        <div class="aside">
          {waiting && isOpen ? <WaitingCard waiting={waiting} isMain={waiting.state === "waiting"} /> : null}
          {isOpen && waiting?.state === "waiting" ? null : isOpen ? (
            <AskedCard asked={asked}>
              {wallet?.me && <Pay asked={asked} me={wallet.me} place={place} onChange={onChange} />}
            </AskedCard>
          ) : (
            <ReceiptCard asked={asked} me={wallet?.me ?? null} />
          )}
          {!wallet && <NoWallet asked={asked} />}
        </div>
        <div class="aside">
          <LegalTag coin={asked.coin} />
          {wallet && (
            <p>
              <button type="button" class="text-button" onClick={() => go({ name: "home" })}>
                {words.pay.toWallet}
              </button>
            </p>
          )}
          <p class="links">
            <a href={safeHref(asked.company.page) ?? undefined}>{words.home.conversation}</a>
          </p>
        </div>
      </div>
    </div>
  );
}

function AskedCard({ asked, children }: { asked: Asked; children: preact.ComponentChildren }) {
  const { words, format } = usePage();
  const { merchant, title, amount, coin, kind, until, expiresAt } = asked;
  const say = words.pay;
  return (
    <section class="wallet-card" aria-labelledby="asked">
      <p class="kicker row">
        <Icon of={receiptText} /> {say.kicker}
      </p>
      <h1 id="asked" class="figure">
        {format.amount(amount)} <span class="unit">{coin.name}</span>
      </h1>
      {coin.legal !== "play" && <p class="quiet">{words.home.euro(format.euro(amount))}</p>}
      <Rows
        rows={[
          [say.to, merchant.name, "strong"],
          [say.forWhat, title],
        ]}
      />
      {kind === "hold" && until !== null && <p>{say.holdText(format.moment(until))}</p>}
      {children}
      <p class="small quiet row">
        {coin.legal !== "play" && <Icon of={shieldCheck} />}
        <span>
          {coin.legal !== "play" && `${say.backed(coin.name)} `}
          {say.until(format.moment(expiresAt))}
        </span>
      </p>
    </section>
  );
}

interface PayProps {
  asked: Asked;
  me: Me;
  /** TENANT.HEX */
  place: string;
  onChange(): void;
}

function Pay({ asked, me, place, onChange }: PayProps) {
  const { words, format, session, go } = usePage();
  const say = words.pay;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { amount, kind } = asked;
  const missing = amount - me.balance;
  const left = me.limits.dayMost === null ? null : Math.max(0, me.limits.dayMost - me.dayOut);
  const hindrance = hindranceOf({ me, missing, left, amount }, words, format);
  const pay = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const paid = await session.pay(payableOf(asked, place));
      // The request's own card says why, and stays until it was read.
      if (paid.is === "refused" && paid.result !== "expired") setFailure(sentenceOf(paid, words));
      onChange();
      void session.refresh();
    } catch {
      setFailure(words.failures.refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="stack">
      <Rows
        rows={[
          [say.balance, format.amount(me.balance)],
          ...(missing > 0 ? [] : [[say.after, format.amount(me.balance - amount), "strong"] as const]),
        ]}
      />
      {hindrance ? (
        <p class="row failure">
          <span>{hindrance}</span>
        </p>
      ) : (
        <button
          type="button"
          class="button primary large"
          aria-busy={isBusy}
          onClick={() => isBusy || void pay()}
        >
          {kind === "hold" ? say.hold(format.coins(amount)) : say.pay(format.coins(amount))}
        </button>
      )}
      {hindrance && me.canBuy && missing > 0 && (
        <button type="button" class="button" onClick={() => go({ name: "buy" })}>
          {words.buy.title}
        </button>
      )}
      <a class="button" href={safeHref(asked.company.page) ?? undefined}>
        {say.no}
      </a>
      <p class="small" role="status">
        {isBusy ? say.signing : ""}
      </p>
      <FailureLine text={failure} />
    </div>
  );
}

/** What the ledger would refuse is said before anybody signs. */
function hindranceOf(
  { me, missing, left, amount }: { me: Me; missing: number; left: number | null; amount: number },
  words: ReturnType<typeof usePage>["words"],
  format: ReturnType<typeof usePage>["format"],
): string | null {
  if (me.isFrozen) return words.home.frozen;
  if (missing > 0) return words.pay.short(format.coins(missing));
  return left !== null && amount > left ? words.pay.overDay(format.coins(left)) : null;
}

function NoWallet({ asked }: { asked: Asked }) {
  const { words } = usePage();
  if (asked.state !== "open") return null;
  return (
    <section class="wallet-card sunken">
      <h2>{words.pay.needsWallet}</h2>
      <p>{words.pay.needsWalletText}</p>
    </section>
  );
}
