/** @jsxImportSource preact */
import lifeBuoy from "lucide-react/icons/life-buoy";
import { useCallback, useEffect, useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { Icon } from "../../customer-page/icon.tsx";
import type { HelpAsked } from "../contract.ts";
import { help, whoAsks } from "../state/recovery.ts";
import { codeOf } from "../state/signing.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { useFetched } from "./use-fetched.ts";

const EVERY_MS = 15_000;

/** Who has lost a device and named this account as a helper. */
export function HelpRequests({ helper }: { helper: KeptWallet }) {
  const { session } = usePage();
  const { id } = helper;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept of a wallet changes often, its id never.
  const load = useCallback(() => whoAsks(session, helper), [session, id]);
  const { data, load: again } = useFetched(load, EVERY_MS);
  return (
    <>
      {(data ?? []).map((asked) => (
        <HelpCard
          key={asked.recovery}
          helper={helper}
          asked={asked}
          isRival={(data ?? []).some(
            (one) => one.recovery !== asked.recovery && one.account === asked.account,
          )}
          onHelped={again}
        />
      ))}
    </>
  );
}

interface HelpCardProps {
  helper: KeptWallet;
  asked: HelpAsked;
  /** Another device asks for the same account. */
  isRival: boolean;
  onHelped(): void;
}

function HelpCard({ helper, asked, isRival, onHelped }: HelpCardProps) {
  const { words, session, format } = usePage();
  const say = words.safety;
  const [code, setCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState<"waiting" | "done" | null>(asked.isSigned ? "waiting" : null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    // Counted here: the node could show any digits.
    void codeOf(asked.account, asked.newKey).then(setCode);
  }, [asked.account, asked.newKey]);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setDone(await help(session, helper, asked));
      onHelped();
    } catch {
      setFailure(words.failures.refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="wallet-card unconfirmed" aria-label={say.helpTitle}>
      <p class="kicker row">
        <Icon of={lifeBuoy} /> {say.helpTitle}
      </p>
      <p class="strong">{say.helpText(asked.label || say.unnamed)}</p>
      <p>
        <span class="small quiet">{say.helpAccount}</span>
        <br />
        <code>{asked.account.replace(/.{4}(?=.)/g, "$& ")}</code>
      </p>
      {isRival && <p class="small refused">{say.helpRival}</p>}
      <p class="small quiet">{say.helpAsk}</p>
      <p>
        <span class="small quiet">{say.helpCode}</span>
        <br />
        {code !== "" && <code class="digits">{code}</code>}
      </p>
      <p class="small">{say.have(format.count(asked.have), format.count(asked.needed))}</p>
      {done === null && (
        <button type="button" class="button primary" aria-busy={isBusy} onClick={() => isBusy || void run()}>
          {say.help}
        </button>
      )}
      <p role="status">{done === "waiting" ? say.helped : done === "done" ? say.helpedAll : ""}</p>
      <FailureLine text={failure} />
    </section>
  );
}
