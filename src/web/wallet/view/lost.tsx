/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { isStatus } from "../client.ts";
import { askBack, lookForHelp, stopAsking } from "../state/recovery.ts";
import { codeOf } from "../state/signing.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { HelpRequests } from "./help.tsx";
import { Part, Rows } from "./parts.tsx";

const PLACE = /^[1-9]\d{0,8}\.[0-9a-f]{32}$/;
const EVERY_MS = 4_000;

/** A new device asks for an account that was lost. */
export function Lost() {
  const { words, session, state, go } = usePage();
  const say = words.lost;
  const helped = state.wallet?.me?.helps ?? [];
  const [place, setPlace] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const ask = async () => {
    const account = place.trim().replace(/^.*#a=/, "");
    if (!PLACE.test(account)) {
      setFault(say.wrong);
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await askBack(session, account, words.first.labelDefault);
      go({ name: "home" });
    } catch (error) {
      if (isStatus(error, 404)) setFault(say.unknown);
      else setFault(isStatus(error, 409, 422) ? say.nobody : words.failures.offline);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Part title={say.title}>
      <p class="lead">{say.lead}</p>
      <form
        class="wallet-card inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void ask();
        }}
      >
        {helped.length > 0 && (
          <div class="stack">
            <p class="small">{say.known}</p>
            {helped.map(({ account, label }) => (
              <button
                key={account}
                type="button"
                class="button"
                onClick={() => setPlace(`${state.wallet?.tenantId}.${account}`)}
              >
                {label || words.safety.unnamed} · {account.slice(0, 8)}…
              </button>
            ))}
          </div>
        )}
        <label for="account">{say.account}</label>
        <input
          id="account"
          value={place}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={fault !== null}
          aria-describedby="account-hint account-fault"
          onInput={(event) => setPlace(event.currentTarget.value)}
        />
        <p id="account-hint" class="small quiet">
          {say.accountText}
        </p>
        <div id="account-fault">
          <FailureLine text={fault} />
        </div>
        <button type="submit" class="button primary large" aria-busy={isBusy}>
          {say.ask}
        </button>
      </form>
    </Part>
  );
}

/** Until enough helpers have signed. */
export function AskedBackPage({ wallet }: { wallet: KeptWallet }) {
  const { words, session, state, format } = usePage();
  const say = words.lost;
  const [code, setCode] = useState("");
  const [have, setHave] = useState(0);
  const [isExpired, setExpired] = useState(false);
  const account = wallet.recovery?.account ?? "";
  useEffect(() => {
    void codeOf(account, wallet.key.point).then(setCode);
  }, [account, wallet.key.point]);
  useEffect(() => {
    const look = () =>
      lookForHelp(session).then(
        (found) => {
          if (found === "expired") setExpired(true);
          else if (found !== "done") setHave(found);
        },
        // The next look may have a net.
        () => undefined,
      );
    void look();
    const timer = window.setInterval(() => void look(), EVERY_MS);
    return () => window.clearInterval(timer);
  }, [session]);
  const { recovery } = wallet;
  if (!recovery) return null;
  // This device may be a helper itself: a second device of the same person.
  const helper = state.wallets.find(
    ({ tenantId, account }) => tenantId === wallet.tenantId && account !== "",
  );
  return (
    <div class="wrap narrow wallet">
      <h1>{say.waiting}</h1>
      {isExpired ? (
        <p role="status">{say.expired}</p>
      ) : (
        <>
          <p class="lead">{say.waitingText}</p>
          <p>
            <span class="small quiet">{say.code}</span>
            <br />
            {code !== "" && <code class="digits">{code}</code>}
          </p>
          <Rows rows={[[words.home.account, `${wallet.tenantId}.${recovery.account}`]]} />
          <p role="status">{say.have(format.count(have), format.count(recovery.needed))}</p>
          <p class="small quiet">{say.until(format.moment(recovery.expiresAt))}</p>
          {helper && <HelpRequests helper={helper} />}
        </>
      )}
      <button type="button" class="button" onClick={() => void stopAsking(session)}>
        {say.stop}
      </button>
    </div>
  );
}
