/** @jsxImportSource preact */
import { useCallback, useEffect, useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { useDelivery } from "./context.ts";
import type { Live, LiveWindow } from "./contract.ts";
import { windowHours } from "./hours.ts";

const SHOWN = 6;

/** After a vain attempt: windows that are certain, each one tap. */
export function Again({ live }: { live: Live }) {
  const { words, format, busy, failure, act, windows } = useDelivery();
  const [free, setFree] = useState<LiveWindow[] | "unanswered" | null>(null);
  // What is known stays where a later look brings nothing.
  const look = useCallback(
    () => void windows().then(setFree, () => setFree((before) => before ?? "unanswered")),
    [windows],
  );
  useEffect(look, [look]);
  return (
    <section aria-labelledby="again">
      <h2 id="again">{words.failed.choose}</h2>
      {free === null && (
        <p class="quiet" role="status">
          {words.loading}
        </p>
      )}
      {free === "unanswered" && (
        <>
          <p class="quiet" role="status">
            {words.failed.unanswered}
          </p>
          <button type="button" class="button" onClick={look}>
            {words.failed.look}
          </button>
        </>
      )}
      {free !== "unanswered" && free?.length === 0 && <p class="quiet">{words.failed.none}</p>}
      <div class="windows">
        {(free === "unanswered" ? null : free)?.slice(0, SHOWN).map((one) => {
          const { eveningId, earliestAt, latestAt, priceMinor, currency } = one;
          const day = format.day(earliestAt, live.updatedAt) ?? words.today;
          const price = priceMinor === 0 ? words.failed.free : format.money(priceMinor, currency);
          return (
            <button
              type="button"
              class="button"
              key={`${eveningId} ${earliestAt}`}
              aria-busy={busy === `other_window ${earliestAt}`}
              onClick={() =>
                // What was free may be gone after a tap in vain.
                void act({ do: "other_window", eveningId, earliestAt, latestAt }).then(
                  (isTaken) => isTaken || look(),
                )
              }
            >
              <span>
                {day}, {windowHours({ words, format }, one)}
              </span>{" "}
              <span class="price">{price}</span>
            </button>
          );
        })}
      </div>
      <FailureLine text={failure} />
    </section>
  );
}
