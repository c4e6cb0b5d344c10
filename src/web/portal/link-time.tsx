/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { usePortal } from "./context.ts";
import type { PortalData } from "./contract.ts";
import { useCall } from "./use-call.ts";

const LOOK_MS = 5_000;
const SOON_MS = 5 * 60_000;

/**
 * Until when the link works, told beforehand and extendable.
 * @param skewMs what the node's clock is ahead of the browser's
 */
export function LinkTime({ link, skewMs }: { link: PortalData["link"]; skewMs: number }) {
  const { client, format, onEnded, say, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const [expiresAt, setExpiresAt] = useState(link.expiresAt);
  const [leftMs, setLeftMs] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const look = () => {
      const left = Date.parse(expiresAt) - Date.now() - skewMs;
      setLeftMs(left);
      if (left <= 0) onEnded();
    };
    look();
    const timer = window.setInterval(look, LOOK_MS);
    return () => window.clearInterval(timer);
  }, [expiresAt, skewMs, onEnded]);
  const isSoon = leftMs < SOON_MS;
  const extend = () =>
    run(client.extend, (result) => {
      setExpiresAt(result.expiresAt);
      say(words.link.extended(format.clock(result.expiresAt)));
    });
  return (
    <div class={isSoon ? "link-time warned" : "link-time"}>
      <p role="status">{(isSoon ? words.link.soon : words.link.until)(format.clock(expiresAt))}</p>
      {Date.parse(expiresAt) < Date.parse(link.endsAt) && (
        <button type="button" class="text-button" aria-busy={isBusy} onClick={extend}>
          {words.link.extend}
        </button>
      )}
      <FailureLine text={failure} />
    </div>
  );
}
