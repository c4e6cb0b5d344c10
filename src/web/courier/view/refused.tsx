/** @jsxImportSource preact */
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";

/** What the node did not take, with its reason: it stands here until the courier has seen it. */
export function RefusedList() {
  const { words, state, session } = useCourier();
  const refused = state.queue.filter((one) => one.state === "refused" && one.event.kind !== "place");
  if (refused.length === 0) return null;
  const stops = state.shifts.flatMap((shift) => shift.stops);
  return (
    <section class="refused" aria-labelledby="refused-title" role="alert">
      <h2 id="refused-title">
        <Icon name="octagonAlert" size={18} /> {words.refused.title}
      </h2>
      <p class="small">{words.refused.lead}</p>
      <ul>
        {refused.map(({ seq, event, why }) => {
          const stop = "deliveryId" in event && stops.find((one) => one.deliveryId === event.deliveryId);
          return (
            <li key={seq}>
              <span>
                <b>{words.refused.kinds[event.kind]}</b>
                {stop && ` · ${stop.name}`}: {words.why[why ?? "invalid"]}
              </span>
              <button type="button" class="button" onClick={() => void session.dismiss(seq)}>
                {words.refused.dismiss}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
