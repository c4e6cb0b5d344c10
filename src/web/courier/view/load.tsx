/** @jsxImportSource preact */
import { useMemo, useRef, useState } from "preact/hooks";
import { loadingOf, readParcel } from "../state/parcels.ts";
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { Scanner } from "./scanner.tsx";
import { Field, Sheet } from "./sheet.tsx";

/** At the depot: every parcel is scanned in, what is missing is named, then the round begins. */
export function Load({ shift }: { shift: SeenShift }) {
  const { words, state, session } = useCourier();
  const [text, setText] = useState("");
  const [heard, setHeard] = useState("");
  const [isAsking, setAsking] = useState(false);
  const scanned = useMemo(
    () => new Set(state.scans.filter(({ shiftId }) => shiftId === shift.id).map(({ code }) => code)),
    [state.scans, shift.id],
  );
  // The camera sees one label many times before the page has drawn again.
  const sent = useRef(new Set<string>());
  const loading = loadingOf(shift.stops, scanned);
  const take = (given: string): boolean => {
    const read = readParcel(given, shift.stops, new Set([...scanned, ...sent.current]));
    if (read.is === "new") {
      sent.current.add(read.code);
      void session.act([{ kind: "scan", shiftId: shift.id, code: read.code }]);
      setHeard(words.load.taken(read.stop.name || read.stop.senderReference));
      return true;
    }
    setHeard(
      read.is === "again"
        ? words.load.again(read.stop.name || read.stop.senderReference)
        : words.load[read.is],
    );
    return false;
  };
  const missing = loading.all - loading.loaded;
  const leave = () => void session.act([{ kind: "leave", shiftId: shift.id }]);
  return (
    <>
      <div class="wrap">
        <h2>{words.load.title}</h2>
        <p class="counter" role="status">
          {words.load.counter(loading.loaded, loading.all)}
        </p>
        <p class="quiet">{words.load.lead}</p>
        <Scanner onCode={take} />
        <form
          class="scan-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== "" && take(text)) setText("");
          }}
        >
          <Field label={words.load.label} help={words.load.help} value={text} onInput={setText} most={60} />
          <button type="submit" class="button">
            {words.load.take}
          </button>
        </form>
        <p class="heard" role="status">
          {heard}
        </p>
        {missing === 0 ? (
          <p class="all">
            <Icon name="check" size={18} /> {words.load.all}
          </p>
        ) : (
          <section aria-labelledby="missing">
            <h3 id="missing">{words.load.missing}</h3>
            <ul class="missing">
              {loading.missing.map(({ stop, parcels }) => (
                <li key={stop.deliveryId}>
                  <b>{stop.name || stop.senderReference}</b>
                  <span class="quiet">
                    {stop.address}
                    {stop.name && stop.senderReference && ` · ${stop.senderReference}`}
                  </span>
                  {stop.parcels > 1 && (
                    <span class="quiet small">
                      {parcels.map((n) => words.load.parcel(n, stop.parcels)).join(", ")}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
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
