/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { QrCode } from "../../page/qr-code.tsx";
import type { DeviceInvitation } from "../contract.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { Code } from "./parts.tsx";

/** An invitation for another device of the same person, shown when it is asked for. */
export function SecondDevice({ wallet }: { wallet: KeptWallet }) {
  const { words, session, format } = usePage();
  const say = words.safety;
  const [made, setMade] = useState<DeviceInvitation | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const make = async () => {
    setBusy(true);
    setFailed(false);
    try {
      setMade(await session.parts.ownerOf(wallet).inviteDevice(wallet.label));
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  const link = made && `${window.location.origin}/wallet#i=${made.invitation}`;
  return (
    <section class="wallet-card">
      <h2>{say.device}</h2>
      <p class="small quiet">{say.deviceText}</p>
      {made && link ? (
        <>
          <QrCode text={link} label={say.deviceCode} />
          <Code text={link} label={say.deviceCode} />
          <p class="small">{say.deviceUntil(format.clock(made.expiresAt))}</p>
        </>
      ) : (
        <button type="button" class="button" aria-busy={isBusy} onClick={() => isBusy || void make()}>
          {say.deviceMake}
        </button>
      )}
      <FailureLine text={hasFailed ? words.failures.offline : null} />
    </section>
  );
}
