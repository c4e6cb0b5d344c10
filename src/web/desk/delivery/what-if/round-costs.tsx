import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { RunningReply, RunningRound, TriedReply, WhatIf } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";
import { type Found, placeAt, stopAt } from "../evening/rounds.ts";
import { whatIfQuery } from "../queries.ts";
import type { CityFormat } from "../use-city-format.ts";

/** Of more rounds than this the best place is asked for instead. */
const ROUNDS_MOST = 12;

interface CostsProps {
  running: RunningReply;
  found: Found;
  format: CityFormat;
  onAsk(change: WhatIf): void;
}

/** Move to ...: every other round with what it would cost there, to tap; nothing needs to be dragged. */
export function RoundCosts({ running, found: { stop, round }, format, onAsk }: CostsProps) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const others = running.rounds
    .map((one, place) => ({ one, number: place + 1 }))
    .filter(({ one }) => one.shiftId !== round.shiftId && one.state !== "dropped" && one.state !== "done")
    .slice(0, ROUNDS_MOST);
  const changes = others.map(({ one }) => moveTo(one, stop));
  const tried = useQueries({
    queries: changes.map((change) => ({
      ...whatIfQuery(running.id, change, running.version),
      enabled: isOpen,
    })),
  });
  if (others.length === 0) return null;
  return (
    <details
      className="mt-3 rounded-2 border border-line bg-sheet"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-11 cursor-pointer px-3 py-2.5 text-desk font-strong text-accent-text">
        {t("delivery.roundCosts")}
      </summary>
      <ul className="divide-y divide-line border-t border-line">
        {others.map(({ one, number }, n) => (
          <li key={one.shiftId}>
            <button
              type="button"
              className="grid min-h-11 w-full gap-x-3 px-3 py-2 text-left text-desk hover:bg-sunken focus-visible:-outline-offset-2 sm:grid-cols-[1fr_auto]"
              onClick={() => onAsk(moveTo(one, stop))}
            >
              <span className="font-strong">
                {t("delivery.roundOf", {
                  round: t("delivery.round", { number }),
                  name: one.courierName || t("delivery.somebody"),
                })}
              </span>
              <Cost tried={tried[n]?.data} hasFailed={tried[n]?.isError === true} format={format} />
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where it would stand by its time. */
function moveTo(round: RunningRound, stop: Found["stop"]): WhatIf {
  const { deliveryId } = stop;
  return {
    kind: "move",
    deliveryId,
    shiftId: round.shiftId,
    place: placeAt(round, stopAt(stop), deliveryId),
  };
}

interface CostProps {
  tried: TriedReply | undefined;
  hasFailed: boolean;
  format: CityFormat;
}

function Cost({ tried, hasFailed, format }: CostProps) {
  const { t } = useText();
  if (hasFailed) return <span className="text-small text-ink-2">{t("delivery.costUnknown")}</span>;
  if (!tried) return <span className="text-small text-ink-2">{t("delivery.trying")}</span>;
  if (tried.refused)
    return <span className="text-small text-bad">{t(`delivery.refused.${tried.refused}`)}</span>;
  const { before, after } = tried;
  const way = after.distanceMetres - before.distanceMetres;
  return (
    <span className="text-small tabular-nums text-ink-2">
      {[
        after.expectedAt && t("delivery.costComes", { at: format.clock(after.expectedAt) }),
        t("delivery.risks", { count: after.atRisk }),
        `${way < 0 ? "−" : "+"}${format.distance(Math.abs(way))}`,
      ]
        .filter(Boolean)
        .join(" · ")}
    </span>
  );
}
