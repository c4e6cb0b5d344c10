/** @jsxImportSource preact */
import { useRef, useState } from "preact/hooks";
import { type Loading, readParcel } from "../state/parcels.ts";
import type { SeenShift, SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { Scanner } from "./scanner.tsx";
import { Field } from "./sheet.tsx";

/** Every parcel of these stops is scanned in, and what is missing is named. */
export function ScanIn({
  shift,
  stops,
  loading,
  scanned,
  lead,
  all,
}: {
  shift: SeenShift;
  stops: readonly SeenStop[];
  loading: Loading;
  scanned: ReadonlySet<string>;
  lead: string;
  /** Said once nothing is missing. */
  all: string;
}) {
  const { words, session } = useCourier();
  const [text, setText] = useState("");
  const [heard, setHeard] = useState("");
  // The camera sees one label many times before the page has drawn again.
  const sent = useRef(new Set<string>());
  const take = (given: string): boolean => {
    const read = readParcel(given, stops, new Set([...scanned, ...sent.current]));
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
  return (
    <>
      <p class="counter" role="status">
        {words.load.counter(loading.loaded, loading.all)}
      </p>
      <p class="quiet">{lead}</p>
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
      {loading.missing.length === 0 ? (
        <p class="all">
          <Icon name="check" size={18} /> {all}
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
    </>
  );
}
