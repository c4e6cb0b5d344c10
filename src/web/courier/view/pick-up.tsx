/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { CourierPickUp } from "../contract.ts";
import { navigationLink } from "../state/navigation.ts";
import { loadingOf } from "../state/parcels.ts";
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { NavigationSheet } from "./navigation.tsx";
import { ScanIn } from "./scan-in.tsx";

/** A counter on the way: what is fetched there is scanned in, as at the depot. */
export function PickUp({
  shift,
  pickup,
  scanned,
  onList,
  onWithout,
}: {
  shift: SeenShift;
  pickup: CourierPickUp;
  scanned: ReadonlySet<string>;
  onList(): void;
  /** On to the next door, whatever is missing. */
  onWithout(): void;
}) {
  const { words, state, formatOf } = useCourier();
  const [isChoosing, setChoosing] = useState(false);
  const { navigation } = state.settings;
  const format = formatOf(shift);
  const where = { place: pickup.place, address: pickup.name };
  const stops = shift.stops.filter(({ deliveryId }) => pickup.deliveryIds.includes(deliveryId));
  const loading = loadingOf(stops, scanned);
  return (
    <>
      <div class="wrap stop">
        <div class="where">
          <div>
            <h2 class="address">{pickup.name}</h2>
            <p class="quiet">
              {words.pickUp.open(format.window(pickup.earliestAt, pickup.latestAt))}
              {pickup.expectedAt && ` · ${format.clock(pickup.expectedAt)}`}
            </p>
          </div>
          {navigation ? (
            <a
              class="square filled"
              href={navigationLink(navigation, where)}
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
              onClick={() => setChoosing(true)}
            >
              <Icon name="navigation" size={28} />
            </button>
          )}
        </div>
        <h3>{words.pickUp.title}</h3>
        <ScanIn
          shift={shift}
          stops={stops}
          loading={loading}
          scanned={scanned}
          lead={words.load.lead}
          all={words.pickUp.all}
        />
        <button type="button" class="text-button only-narrow" onClick={onList}>
          <Icon name="list" size={18} /> {words.stop.allStops}
        </button>
      </div>
      <footer class="actions">
        <button type="button" class="button wide" onClick={onWithout}>
          {words.pickUp.without}
        </button>
      </footer>
      {isChoosing && <NavigationSheet stop={where} onClose={() => setChoosing(false)} />}
    </>
  );
}
