/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { loadingOf } from "../state/parcels.ts";
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { ScanIn } from "./scan-in.tsx";
import { Sheet } from "./sheet.tsx";
import { useScanned } from "./use-scanned.ts";

/** At the depot: every parcel is scanned in, what is missing is named, then the round begins. */
export function Load({ shift }: { shift: SeenShift }) {
  const { words, session } = useCourier();
  const [isAsking, setAsking] = useState(false);
  const scanned = useScanned(shift);
  // What lies at a counter on the way is scanned in there.
  const stops = shift.stops.filter(({ fetchAt }) => fetchAt === null);
  const loading = loadingOf(stops, scanned);
  const missing = loading.all - loading.loaded;
  const leave = () => void session.act([{ kind: "leave", shiftId: shift.id }]);
  return (
    <>
      <div class="wrap">
        <h2>{words.load.title}</h2>
        <ScanIn
          shift={shift}
          stops={stops}
          loading={loading}
          scanned={scanned}
          lead={words.load.lead}
          all={words.load.all}
        />
      </div>
      <footer class="actions">
        <button
          type="button"
          class="button primary wide"
          onClick={() => (missing === 0 ? leave() : setAsking(true))}
        >
          {missing === 0 ? words.load.leave : words.load.leaveWithout(missing)}
        </button>
      </footer>
      {isAsking && (
        <Sheet title={words.load.leaveAsk(missing)} onClose={() => setAsking(false)}>
          <div class="buttons">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {words.cancel}
            </button>
            <button
              type="button"
              class="button primary"
              onClick={() => {
                setAsking(false);
                leave();
              }}
            >
              {words.load.leave}
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}
