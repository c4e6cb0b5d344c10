/** @jsxImportSource preact */
import keyRound from "lucide-react/icons/key-round";
import { useState } from "preact/hooks";
import { CallError } from "../../customer-page/call.ts";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { Icon } from "../../customer-page/icon.tsx";
import { isStatus } from "../client.ts";
import type { Invitation } from "../contract.ts";
import { usePage } from "./context.ts";
import { LegalTag } from "./parts.tsx";

/** The first opening: what this is, who issues it, what is promised and what is not; then a key is made. */
export function InvitationPage({ invitation, place }: { invitation: Invitation; place: string }) {
  const { words, state, session, go } = usePage();
  const say = words.first;
  const { coin, isOpen } = invitation;
  const known = state.wallets.find(({ tenantId, account }) => tenantId === coin.tenantId && account !== "");
  return (
    <div class="wrap wallet">
      <div class="opening">
        <p class="kicker">{say.kicker}</p>
        <h1>{say.title(coin.name)}</h1>
        <p class="quiet">{say.issuer(coin.issuerName)}</p>
        <LegalTag coin={coin} />
      </div>
      <div class="wallet-columns">
        <div class="aside">
          <section>
            <h2>{say.promised}</h2>
            <ul class="points">
              {coin.legal !== "play" && <li>{say.backing(coin.name, coin.issuerName)}</li>}
              {say.promises.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </section>
          <section>
            <h2>{say.notPromised}</h2>
            <ul class="points">
              {say.limits[coin.legal].map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </section>
        </div>
        <div class="aside">
          {known ? (
            <section class="wallet-card">
              <p>{say.already}</p>
              <button
                type="button"
                class="button primary"
                onClick={() => {
                  session.show(known.id);
                  go({ name: "home" });
                }}
              >
                {say.toWallet}
              </button>
            </section>
          ) : isOpen ? (
            <OpenForm place={place} />
          ) : (
            <p class="wallet-card" role="status">
              {say.over}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

function OpenForm({ place }: { place: string }) {
  const { words, language, session, go } = usePage();
  const say = words.first;
  const [label, setLabel] = useState(say.labelDefault);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const open = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await session.open(place, label.trim(), language);
      // What is kept must not be thrown away when the disk fills up.
      void navigator.storage?.persist?.().catch(() => undefined);
      go({ name: "home" });
    } catch (error) {
      const isOver = isStatus(error, 404, 409, 410);
      const kind = error instanceof CallError && error.failure !== "ended" ? error.failure : "refused";
      setFailure(isOver ? say.over : words.failures[kind]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="wallet-card inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void open();
      }}
    >
      <p class="kicker row">
        <Icon of={keyRound} /> {say.keyTitle}
      </p>
      <p>{say.keyText}</p>
      <label for="label">{say.label}</label>
      <input
        id="label"
        value={label}
        maxLength={60}
        aria-describedby="label-hint"
        onInput={(event) => setLabel(event.currentTarget.value)}
      />
      <p id="label-hint" class="small quiet">
        {say.labelHint}
      </p>
      <button type="submit" class="button primary large" aria-busy={isBusy}>
        {say.open}
      </button>
      <FailureLine text={failure} />
    </form>
  );
}
