/** @jsxImportSource preact */
import circleCheck from "lucide-react/icons/circle-check";
import triangleAlert from "lucide-react/icons/triangle-alert";
import { Icon } from "../customer-page/icon.tsx";
import { useDelivery } from "./context.ts";
import type { Live } from "./contract.ts";
import { failedAs, handedAs, overAs } from "./words.ts";

/** What became of it. */
export function EndedCard({ live }: { live: Live }) {
  if (live.state === "done")
    return live.outcome === "not_recorded" ? <Unknown live={live} /> : <Done live={live} />;
  if (live.state === "failed") return <Failed live={live} />;
  return <Over live={live} />;
}

function useEndedAt(live: Live): { day: string | null; clock: string } {
  const { format } = useDelivery();
  const at = live.endedAt ?? live.updatedAt;
  return { day: format.day(at, live.updatedAt), clock: format.clock(at) };
}

function Done({ live }: { live: Live }) {
  const { words, format } = useDelivery();
  const { day, clock } = useEndedAt(live);
  const outcome = handedAs(live);
  return (
    <section class="live-card" aria-labelledby="when">
      <div class="pad with-sign ok">
        <Icon of={circleCheck} size={32} />
        <div>
          <h1 id="when">{words.done.title[outcome]}</h1>
          <p>{words.done.at(day, clock)}</p>
          {live.outcomeWords && <p class="strong">{words.done.to[outcome](live.outcomeWords)}</p>}
          {live.owed && live.owed.minor > 0 && (
            <p>{words.done.owed(format.money(live.owed.minor, live.owed.currency))}</p>
          )}
        </div>
      </div>
    </section>
  );
}

/** The evening is over, and nobody wrote down how this door went: that is no delivery, and no time of one. */
function Unknown({ live }: { live: Live }) {
  const { words, format } = useDelivery();
  return (
    <section class="live-card" aria-labelledby="when">
      <div class="pad">
        <h1 id="when">{words.done.unknown}</h1>
        <p>{words.done.unknownText}</p>
        {live.owed && live.owed.minor > 0 && (
          <p>{words.done.owed(format.money(live.owed.minor, live.owed.currency))}</p>
        )}
      </div>
    </section>
  );
}

function Failed({ live }: { live: Live }) {
  const { words, format } = useDelivery();
  const { day, clock } = useEndedAt(live);
  const outcome = failedAs(live);
  return (
    <section class="live-card" aria-labelledby="when">
      <div class="pad with-sign warn">
        <Icon of={triangleAlert} size={32} />
        <div>
          <h1 id="when">{words.failed.title[outcome]}</h1>
          {outcome !== "not_recorded" && <p class="quiet">{words.failed.at(day, clock)}</p>}
          <p class="strong">{live.next ? words.failed.next[live.next] : words.failed.people}</p>
          {live.collect && <p>{words.failed.collect(live.collect.name, format.date(live.collect.until))}</p>}
        </div>
      </div>
    </section>
  );
}

function Over({ live }: { live: Live }) {
  const { words } = useDelivery();
  const state = overAs(live);
  return (
    <section class="live-card" aria-labelledby="when">
      <div class="pad">
        <h1 id="when">{words.over[state].title}</h1>
        <p class="quiet">{words.over[state].text}</p>
      </div>
    </section>
  );
}
