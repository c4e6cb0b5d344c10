/** @jsxImportSource preact */
import { useRef, useState } from "preact/hooks";
import { navigationLink } from "../state/navigation.ts";
import { hasEnded, type SeenShift, type SeenStop } from "../state/project.ts";
import { Away } from "./away.tsx";
import { CallSheet } from "./call.tsx";
import { useCourier } from "./context.ts";
import { HandOver } from "./hand-over.tsx";
import { Icon } from "./icon.tsx";
import { StopMap } from "./map.tsx";
import { NavigationSheet } from "./navigation.tsx";
import { Parcels } from "./parcels.tsx";
import { useOutcome, useResting } from "./use-outcome.ts";
import { Messages, unreadOf } from "./write.tsx";

type Asking = "hand" | "away" | "write" | "call" | "navigation" | null;

/** One stop: where, when, what matters at the door, and what became of it. */
export function Stop({
  shift,
  stop,
  onList,
  onDelay,
}: {
  shift: SeenShift;
  stop: SeenStop;
  onList(): void;
  onDelay(): void;
}) {
  const { words, state, session } = useCourier();
  const [asking, setAsking] = useState<Asking>(null);
  const record = useOutcome(shift);
  const isResting = useResting();
  const arrived = useRef(new Set<number>());
  const close = () => setAsking(null);
  const isGivenBack = stop.takeBack !== "" && stop.isTakenAlong === null;
  const isSimple = stop.proof === "none" && !stop.skills.includes("age_check") && !isGivenBack;
  const ask = (what: "hand" | "away") => {
    // Who is asked for a proof stands at the door.
    if (!arrived.current.has(stop.deliveryId)) {
      arrived.current.add(stop.deliveryId);
      void session.act([{ kind: "arrive", shiftId: shift.id, deliveryId: stop.deliveryId }]);
    }
    setAsking(what);
  };
  const unread = unreadOf(shift, stop.deliveryId, state.readMessage);
  const { navigation } = state.settings;
  const [street = "", town = ""] = stop.address.split(/,(.*)/s).map((part) => part.trim());
  const after = shift.stops.filter((one) => !hasEnded(one) && one !== stop)[0];
  return (
    <>
      <StopMap shift={shift} stop={stop} />
      <div class="wrap stop">
        <div class="where">
          <div>
            <h2 class="address">{street}</h2>
            <p class="quiet">{[town, stop.name].filter(Boolean).join(" · ")}</p>
          </div>
          {navigation ? (
            <a
              class="square filled"
              href={navigationLink(navigation, stop)}
              target="_blank"
              rel="noreferrer"
              aria-label={words.stop.navigate}
            >
              <Icon name="navigation" size={28} />
            </a>
          ) : (
            <button
              type="button"
              class="square filled"
              aria-label={words.stop.navigate}
              onClick={() => setAsking("navigation")}
            >
              <Icon name="navigation" size={28} />
            </button>
          )}
        </div>
        <Times shift={shift} stop={stop} />
        {stop.doorNote !== "" && (
          <section class="note" aria-labelledby="door-note">
            <h3 id="door-note">
              <Icon name="doorOpen" size={18} /> {words.stop.note}
            </h3>
            <p>{stop.doorNote}</p>
          </section>
        )}
        <Parcels stop={stop} />
        {stop.takeBack !== "" && !stop.doorNote.includes(stop.takeBack) && (
          <section class="note" aria-labelledby="take-back">
            <h3 id="take-back">
              <Icon name="package" size={18} /> {words.stop.takeBack}
            </h3>
            <p>{stop.takeBack}</p>
          </section>
        )}
        <div class="pair">
          <button type="button" class="button" onClick={() => setAsking("write")}>
            <Icon name="messageCircle" /> {words.stop.write}
            {unread > 0 && <span class="badge">{words.stop.unread(unread)}</span>}
          </button>
          <button type="button" class="button" onClick={() => setAsking("call")}>
            <Icon name="phone" /> {words.stop.call}
          </button>
        </div>
        <div class="pair quiet-pair">
          <button type="button" class="text-button only-narrow" onClick={onList}>
            <Icon name="list" size={18} /> {words.stop.allStops}
          </button>
          <button type="button" class="text-button" onClick={onDelay}>
            <Icon name="clock" size={18} /> {words.stop.delay}
          </button>
        </div>
      </div>
      <footer class="actions">
        <button type="button" class="button" onClick={() => ask("away")}>
          {words.stop.notThere}
        </button>
        <button
          type="button"
          class="button primary"
          aria-disabled={isSimple && isResting}
          onClick={() => {
            if (!isSimple) ask("hand");
            else if (!isResting) record(stop, { kind: "done", outcome: "handed_over", to: "" });
          }}
        >
          <Icon name="check" size={26} /> {words.stop.handOver}
        </button>
        <p class="after">
          {after
            ? words.stop.next([after.address.split(",")[0], after.name].filter(Boolean).join(", "))
            : words.stop.last}
        </p>
      </footer>
      {asking === "hand" && <HandOver stop={stop} record={record} onClose={close} />}
      {asking === "away" && <Away stop={stop} record={record} onClose={close} />}
      {asking === "write" && <Messages shift={shift} stop={stop} onClose={close} />}
      {asking === "call" && <CallSheet shift={shift} onClose={close} />}
      {asking === "navigation" && <NavigationSheet stop={stop} onClose={close} />}
    </>
  );
}

function Times({ shift, stop }: { shift: SeenShift; stop: SeenStop }) {
  const { words, formatOf } = useCourier();
  const format = formatOf(shift);
  return (
    <div class="times">
      <dl>
        <div>
          <dt>{words.stop.promised}</dt>
          <dd>{format.window(stop.earliestAt, stop.latestAt)}</dd>
        </div>
        {stop.expectedAt && (
          <div>
            <dt>{words.stop.due}</dt>
            <dd>{format.clock(stop.expectedAt)}</dd>
          </div>
        )}
      </dl>
      {stop.expectedAt && (
        <p class={stop.isInPlan ? "tag ok" : "tag late"}>
          <Icon name={stop.isInPlan ? "check" : "triangleAlert"} size={18} />{" "}
          {stop.isInPlan ? words.stop.inPlan : words.stop.late}
        </p>
      )}
    </div>
  );
}
