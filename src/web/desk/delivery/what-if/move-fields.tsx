import { Sparkles } from "lucide-react";
import type { RunningRound, WhatIf } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { type Found, openStops, placeAt, stopAt } from "../evening/rounds.ts";
import { useName } from "../evening/use-name.ts";
import type { CityFormat } from "../use-city-format.ts";

interface MoveProps {
  rounds: readonly RunningRound[];
  found: Found;
  change: WhatIf | null;
  format: CityFormat;
  onAsk(change: WhatIf): void;
}

/** Move the stop to ...: everything that dragging does, by keyboard. */
export function MoveFields({ rounds, found: { stop, round }, change, format, onAsk }: MoveProps) {
  const { t } = useText();
  const nameOf = useName();
  const { deliveryId } = stop;
  const own = openStops(round).findIndex((one) => one.deliveryId === deliveryId);
  const to = change?.kind === "move" ? change : { shiftId: round.shiftId, place: own };
  const target = rounds.find(({ shiftId }) => shiftId === to.shiftId) ?? round;
  const others = openStops(target).filter((one) => one.deliveryId !== deliveryId);
  const driven = rounds
    .map((one, place) => ({ one, number: place + 1 }))
    .filter(
      ({ one: { state, shiftId } }) => (state !== "dropped" && state !== "done") || shiftId === to.shiftId,
    );
  const move = (shiftId: number, place: number) => onAsk({ kind: "move", deliveryId, shiftId, place });
  return (
    <div className="mt-2 flex flex-wrap items-end gap-2">
      <SelectField
        label={t("delivery.moveTo")}
        className="min-w-32"
        value={String(to.shiftId)}
        options={driven.map(({ one, number: place }) => ({
          value: String(one.shiftId),
          label: t("delivery.round", { number: place }),
        }))}
        onChange={(event) => {
          const next = rounds.find(({ shiftId }) => shiftId === Number(event.target.value));
          if (next) move(next.shiftId, placeAt(next, stopAt(stop), deliveryId));
        }}
      />
      <SelectField
        label={t("delivery.placeIn")}
        className="min-w-40 flex-1"
        value={String(Math.min(to.place, others.length))}
        options={[
          { value: "0", label: t("delivery.placeNext") },
          ...others.map((one, n) => ({
            value: String(n + 1),
            label: t("delivery.placeAfter", {
              number: target.stops.indexOf(one) + 1,
              name: nameOf(one.deliveryId, one.name),
              at: format.clock(stopAt(one)),
            }),
          })),
        ]}
        onChange={(event) => move(to.shiftId, Number(event.target.value))}
      />
      <Button icon={Sparkles} onClick={() => onAsk({ kind: "best", deliveryId })}>
        {t("delivery.best")}
      </Button>
    </div>
  );
}
