/** @jsxImportSource preact */
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";

/** What is told and what is only kept, in words. */
export function NetLine({ timeZone }: { timeZone: string }) {
  const { words, state, formatOf } = useCourier();
  const waiting = state.queue.filter((one) => one.state === "waiting" && one.event.kind !== "place").length;
  const text =
    state.net === "offline"
      ? waiting > 0
        ? words.net.queued(waiting)
        : words.net.offline
      : state.net === "busy"
        ? words.net.busy
        : waiting > 0 || state.page === null
          ? words.net.sending
          : words.net.fresh(formatOf({ timeZone }).clock(state.page.now));
  const isAway = state.net === "offline" || state.net === "busy";
  return (
    <span class="net" role="status">
      {isAway && <Icon name="wifiOff" size={18} />}
      <span>{text}</span>
    </span>
  );
}
