/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import type { Helper } from "../contract.ts";
import { nameHelpers } from "../state/recovery.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { Part } from "./parts.tsx";
import { SecondDevice } from "./second-device.tsx";
import { sentenceOf } from "./waiting.tsx";

/** The ledger takes 15; more than a handful cannot be called on a bad day, and their bodies grow in number. */
const HELPERS_MOST = 5;
const PLACE = /^([1-9]\d{0,8})\.([0-9a-f]{32})$/;

interface Draft {
  readonly needed: number;
  readonly members: readonly Helper[];
}

/** The ledger keeps them in an order of its own. */
function textOf({ needed, members }: Draft): string {
  const all = members.map(({ account, label }) => `${account} ${label}`);
  return [needed, ...all.sort()].join("\n");
}

/** Who may give this account a new key, and how many of them together. */
export function Safety({ wallet, account }: { wallet: KeptWallet; account: string | undefined }) {
  const { words, session, format, go } = usePage();
  const say = words.safety;
  const kept = wallet.me?.recoverers ?? { needed: 0, members: [] };
  const [draft, setDraft] = useState<Draft>(kept);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaved, setSaved] = useState(false);
  const change = (next: Draft) => {
    const most = next.members.length;
    setDraft({ ...next, needed: Math.min(Math.max(next.needed, most > 0 ? 1 : 0), most) });
    setSaved(false);
  };
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const outcome = await nameHelpers(session, draft);
      setSaved(outcome.result === "applied");
      if (outcome.result !== "applied") setFailure(sentenceOf(outcome, words));
      await session.refresh();
    } catch {
      setFailure(words.failures.offline);
    } finally {
      setBusy(false);
    }
  };
  const { needed, members } = draft;
  const isChanged = textOf(draft) !== textOf(kept);
  return (
    <Part title={say.title}>
      <p class="lead">{say.lead}</p>
      <div class="wallet-columns">
        <section class="aside" aria-labelledby="who">
          <h2 id="who">{say.who}</h2>
          {members.length === 0 && <p class="empty">{say.nobody}</p>}
          <ul class={members.length > 0 ? "movements" : ""}>
            {members.map((one) => (
              <li key={one.account}>
                <span class="what">
                  <span class="strong">{one.label || say.unnamed}</span>
                  <code class="small">{`${wallet.tenantId}.${one.account}`}</code>
                </span>
                <button
                  type="button"
                  class="text-button"
                  onClick={() =>
                    change({ needed, members: members.filter((two) => two.account !== one.account) })
                  }
                >
                  {say.remove(one.label || say.unnamed)}
                </button>
              </li>
            ))}
          </ul>
          {members.length > 0 && (
            <div class="inline-form">
              <label for="needed">{say.neededLabel}</label>
              <select
                id="needed"
                value={needed}
                aria-describedby="needed-hint"
                onChange={(event) => change({ members, needed: Number(event.currentTarget.value) })}
              >
                {members.map((one, n) => (
                  <option key={one.account} value={n + 1}>
                    {say.needed(format.count(n + 1), format.count(members.length))}
                  </option>
                ))}
              </select>
              <p id="needed-hint" class="small quiet">
                {say.neededText}
              </p>
            </div>
          )}
          {(isChanged || isBusy) && (
            <div class="stack">
              <p class="small">{say.unsaved}</p>
              <button
                type="button"
                class="button primary"
                aria-busy={isBusy}
                onClick={() => isBusy || void save()}
              >
                {say.save}
              </button>
            </div>
          )}
          <p role="status">{isSaved && !isChanged ? say.saved : ""}</p>
          <FailureLine text={failure} />
        </section>
        <div class="aside">
          {members.length < HELPERS_MOST && (
            <AddHelper
              wallet={wallet}
              given={account ?? ""}
              members={members}
              onAdd={(one) => change({ needed, members: [...members, one] })}
            />
          )}
          <SecondDevice wallet={wallet} />
          <p>
            <button type="button" class="text-button" onClick={() => go({ name: "lost" })}>
              {words.lost.open}
            </button>
          </p>
        </div>
      </div>
    </Part>
  );
}

interface AddHelperProps {
  wallet: KeptWallet;
  /** TENANT.ACCOUNT that was just read from a code. */
  given: string;
  members: readonly Helper[];
  onAdd(helper: Helper): void;
}

function AddHelper({ wallet, given, members, onAdd }: AddHelperProps) {
  const { words } = usePage();
  const say = words.safety;
  const [place, setPlace] = useState(given);
  const [label, setLabel] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const add = () => {
    const [, tenant, account = ""] = PLACE.exec(place.trim().replace(/^.*#a=/, "")) ?? [];
    if (Number(tenant) !== wallet.tenantId) setFault(say.wrongAccount);
    else if (account === wallet.account) setFault(say.ownAccount);
    else if (members.some((one) => one.account === account)) setFault(say.twice);
    else {
      onAdd({ account, label: label.trim() });
      setPlace("");
      setLabel("");
      setFault(null);
    }
  };
  return (
    <form
      class="wallet-card inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h2>{say.add}</h2>
      <p class="small quiet">{say.addText}</p>
      <label for="helper">{say.addLabel}</label>
      <input
        id="helper"
        value={place}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={fault !== null}
        aria-describedby="helper-fault"
        onInput={(event) => setPlace(event.currentTarget.value)}
      />
      <div id="helper-fault">
        <FailureLine text={fault} />
      </div>
      <label for="helper-name">{say.nameLabel}</label>
      <input
        id="helper-name"
        value={label}
        maxLength={60}
        onInput={(event) => setLabel(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {say.addButton}
      </button>
    </form>
  );
}
