/** @jsxImportSource preact */
import store from "lucide-react/icons/store";
import { useEffect, useState } from "preact/hooks";
import type { Offer } from "../../../skills/wallet/api/offer.ts";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { Icon } from "../../customer-page/icon.tsx";
import { payableOfOffer, placeOf } from "../state/payable.ts";
import { usePage } from "./context.ts";
import { LegalTag, Rows } from "./parts.tsx";
import { sentenceOf, WaitingCard } from "./waiting.tsx";

/**
 * A till's code, read by a telephone with or without a net: all that is needed stands in it. With a net the request's own page
 * follows, because it knows more.
 */
export function OfferPage({ offer }: { offer: Offer }) {
  const { state, words, format, session, go } = usePage();
  const say = words.pay;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const wallet = state.wallet?.tenantId === offer.tenantId ? state.wallet : null;
  const me = wallet?.me ?? null;
  const place = placeOf(offer);
  const waiting = state.queue.find(({ request }) => request === place);
  const isOnline = state.net === "online";
  useEffect(() => {
    if (isOnline) go({ name: "request", place });
  }, [isOnline, place, go]);
  const sign = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const paid = await session.pay(payableOfOffer(offer));
      if (paid.is === "refused") setFailure(sentenceOf(paid, words));
      else if (paid.is === "done") go({ name: "request", place });
    } catch {
      setFailure(words.failures.refused);
    } finally {
      setBusy(false);
    }
  };
  if (!wallet || !me)
    return (
      <section class="wrap narrow">
        <h1>{say.needsWallet}</h1>
        <p>{say.needsWalletText}</p>
      </section>
    );
  const missing = offer.amount - me.balance;
  return (
    <div class="wrap wallet">
      <div class="wallet-columns">
        <div class="aside">
          {waiting ? (
            <WaitingCard waiting={waiting} isMain />
          ) : (
            <section class="wallet-card" aria-labelledby="offer">
              <p class="kicker row">
                <Icon of={store} /> {say.offline.kicker}
              </p>
              <h1 id="offer" class="figure">
                {format.amount(offer.amount)} <span class="unit">{me.coin.name}</span>
              </h1>
              <Rows rows={[[say.to, offer.merchant, "strong"]]} />
              <p>{say.offline.text}</p>
              {offer.hold && <p>{say.holdText(format.moment(offer.hold.until))}</p>}
              {missing > 0 ? (
                <p class="failure">{say.short(format.coins(missing))}</p>
              ) : (
                <button
                  type="button"
                  class="button primary large"
                  aria-busy={isBusy}
                  onClick={() => isBusy || void sign()}
                >
                  {say.offline.sign(format.coins(offer.amount))}
                </button>
              )}
              <FailureLine text={failure} />
            </section>
          )}
        </div>
        <div class="aside">
          <LegalTag coin={me.coin} />
          <p>
            <button type="button" class="text-button" onClick={() => go({ name: "home" })}>
              {say.toWallet}
            </button>
          </p>
        </div>
      </div>
    </div>
  );
}
