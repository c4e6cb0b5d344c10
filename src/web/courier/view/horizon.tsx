/** @jsxImportSource preact */
import { hasEnded, type SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";

/** More do not fit beside each other on a small phone: then the line shows what is near. */
const MOST = 14;

/** The stops on their line: filled is done, the beacon is now, hollow is to come. */
export function Horizon({ stops, next }: { stops: readonly SeenStop[]; next: SeenStop | null }) {
  const { words } = useCourier();
  const done = stops.filter(hasEnded).length;
  const at = next ? stops.indexOf(next) : stops.length - 1;
  const from = Math.max(0, Math.min(at - Math.floor(MOST / 2), stops.length - MOST));
  return (
    <div class="line" role="img" aria-label={words.stop.line(done, stops.length)}>
      {stops.slice(from, from + MOST).map((stop) => (
        <i key={stop.deliveryId} class={stop === next ? "now" : hasEnded(stop) ? "done" : "open"} />
      ))}
    </div>
  );
}
