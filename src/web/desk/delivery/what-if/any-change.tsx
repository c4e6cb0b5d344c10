import { PackagePlus, UserX } from "lucide-react";
import { useState } from "react";
import type { RunningReply, WhatIf } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";

const USUAL_PARCELS = 20;
const MOST_PARCELS = 500;

interface AnyProps {
  running: RunningReply;
  change: WhatIf | null;
  onAsk(change: WhatIf): void;
}

/** What can be asked without a stop: a courier drops out, more parcels come. */
export function AnyChange({ running, change, onAsk }: AnyProps) {
  const { t } = useText();
  const driven = running.rounds
    .map((round, place) => ({ round, number: place + 1 }))
    .filter(({ round: { state } }) => state !== "dropped" && state !== "done");
  const dropped = change?.kind === "drop" ? change.shiftId : null;
  const [chosen, setChosen] = useState<number | null>(null);
  const shiftId = chosen ?? dropped ?? driven[0]?.round.shiftId ?? null;
  return (
    <div className="mt-2 grid gap-3">
      {change === null && <p className="text-ink-2">{t("delivery.chooseStop")}</p>}
      <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
        {shiftId !== null && (
          <div className="flex flex-wrap items-end gap-2">
            <SelectField
              label={t("delivery.whoDrops")}
              className="min-w-0 flex-1"
              value={String(shiftId)}
              options={driven.map(({ round, number }) => ({
                value: String(round.shiftId),
                label: t("delivery.roundOf", {
                  round: t("delivery.round", { number }),
                  name: round.courierName || t("delivery.somebody"),
                }),
              }))}
              onChange={(event) => setChosen(Number(event.target.value))}
            />
            <Button icon={UserX} onClick={() => onAsk({ kind: "drop", shiftId })}>
              {t("delivery.tryIt")}
            </Button>
          </div>
        )}
        {running.state === "planned" && <MoreParcels onAsk={onAsk} />}
      </div>
    </div>
  );
}

/** An evening that runs takes no new ones, so it is asked before. */
function MoreParcels({ onAsk }: Pick<AnyProps, "onAsk">) {
  const { t } = useText();
  const [typed, setTyped] = useState(String(USUAL_PARCELS));
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  const isNoCount = count < 1 || count > MOST_PARCELS;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNoCount) onAsk({ kind: "parcels", count });
      }}
    >
      <TextField
        label={t("delivery.moreParcels")}
        className="min-w-0 flex-1"
        inputMode="numeric"
        value={typed}
        error={isNoCount ? t("delivery.noCount", { most: MOST_PARCELS }) : null}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button icon={PackagePlus} type="submit">
        {t("delivery.doTheyFit")}
      </Button>
    </form>
  );
}
