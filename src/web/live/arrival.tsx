/** @jsxImportSource preact */
import bell from "lucide-react/icons/bell";
import mapPin from "lucide-react/icons/map-pin";
import triangleAlert from "lucide-react/icons/triangle-alert";
import { Icon } from "../customer-page/icon.tsx";
import { useDelivery } from "./context.ts";
import type { Live, LiveMap } from "./contract.ts";
import { expectedHours, windowHours } from "./hours.ts";
import { WayMap } from "./map.tsx";

/** When it comes: the half-hour as soon as it is known, the promise always beneath it. */
export function ArrivalCard({ live, map }: { live: Live; map: LiveMap | null }) {
  const { words, format } = useDelivery();
  const { expected, isLate, stopsBefore, way } = live;
  const day = format.day(live.earliestAt, live.updatedAt) ?? words.today;
  const promised = windowHours({ words, format }, live);
  const stops = stopsBefore === null ? "" : words.stops(stopsBefore);
  return (
    <section class="live-card" aria-labelledby="when">
      <div class="pad">
        <p class="kicker">
          {expected ? words.expected : words.promised}
          {!expected && ` · ${day}`}
        </p>
        <h1 id="when">{expected ? expectedHours({ words, format }, expected) : promised}</h1>
        {expected && (
          <p class="quiet">
            {day}. {words.promisedIs(promised)}
          </p>
        )}
        {isLate && <Late live={live} />}
        {!expected && !isLate && (
          <p class="row quiet">
            <Icon of={bell} /> {words.told}
          </p>
        )}
        {!isLate && live.owed && <Owed owed={live.owed} />}
      </div>
      {map && way.length > 0 && (
        <WayMap map={map} way={way} place={live.place} label={words.map(stops || promised)} />
      )}
      <p class="foot-row">
        <Icon of={mapPin} />
        <span>{stops || live.address}</span>
        <span class="as-of">{words.asOf(format.clock(live.updatedAt))}</span>
      </p>
    </section>
  );
}

/** What is owed already for a promise before this one, and what this one would cost. */
function Owed({ owed: { minor, ruleMinor, currency } }: { owed: NonNullable<Live["owed"]> }) {
  const { words, format } = useDelivery();
  return (
    <>
      {minor > 0 && <p>{words.late.owed(format.money(minor, currency))}</p>}
      {ruleMinor > 0 && <p class="quiet small">{words.owedRule(format.money(ruleMinor, currency))}</p>}
    </>
  );
}

/** Said plainly: what is not kept, when it comes instead, what is owed. */
function Late({ live }: { live: Live }) {
  const { words, format } = useDelivery();
  const { expected, owed } = live;
  return (
    <div class="late" role="status">
      <Icon of={triangleAlert} />
      <div>
        <p class="strong">{words.late.title(format.hour(live.latestAt))}</p>
        <p>{expected ? words.late.expected(expectedHours({ words, format }, expected)) : words.late.over}</p>
        {owed && <p>{words.late.owed(format.money(owed.minor + owed.ruleMinor, owed.currency))}</p>}
      </div>
    </div>
  );
}
