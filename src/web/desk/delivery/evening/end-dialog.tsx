import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type EndGiven, type RunningReply, recordDeliveryEnd } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { zoneInput } from "../../text/zone-input.ts";
import { runningQuery } from "../queries.ts";
import { useCityFormat } from "../use-city-format.ts";
import type { Found } from "./rounds.ts";
import { useStopWords } from "./use-stop-words.ts";

const ENDS = ["handed_over", "neighbour", "left_there", "not_there", "refused"] as const;
type End = (typeof ENDS)[number];
/** What of an end is asked for in words, beside who says so. */
const ASKS: Partial<Record<End, "neighbour" | "left_there" | "refused">> = {
  neighbour: "neighbour",
  left_there: "left_there",
  refused: "refused",
};

interface EndProps {
  running: Pick<RunningReply, "id" | "timeZone" | "now">;
  found: Found;
  /** What was said of its end is taken back. */
  isUndo: boolean;
  onClose(): void;
}

/** A dispatcher records what became of a stop, where its courier cannot: with who says so, and when it was. */
export function EndDialog({ running, found: { stop }, isUndo, onClose }: EndProps) {
  const { t } = useText();
  const words = useStopWords(useCityFormat(running.timeZone));
  const clock = zoneInput(running.timeZone);
  const [end, setEnd] = useState<End>("handed_over");
  const [to, setTo] = useState("");
  const [at, setAt] = useState(() => clock.toInput(Date.parse(running.now)));
  const [saidBy, setSaidBy] = useState("");
  const [isChecked, setChecked] = useState(false);
  // The same end, however often it has to be handed in.
  const [key] = useState(() => crypto.randomUUID());
  const moment = clock.fromInput(at);
  const recording = useRecord(running.id, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (saidBy.trim() === "" || Number.isNaN(moment)) return;
    const told = { key, deliveryId: stop.deliveryId, saidBy: saidBy.trim() };
    recording.mutate(
      isUndo
        ? { ...told, end: "undone", to: "" }
        : { ...told, end, to: ASKS[end] ? to.trim() : "", at: new Date(moment).toISOString() },
    );
  };
  const asked = ASKS[end];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isUndo ? "delivery.undoTitle" : "delivery.recordTitle", { name: words.name(stop) })}
      closeLabel={t("close")}
    >
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <p className="text-ink-2">{t(isUndo ? "delivery.undoText" : "delivery.recordText")}</p>
        {!isUndo && (
          <>
            <Choice
              label={t("delivery.whatBecame")}
              value={end}
              options={ENDS.map((value) => ({ value, label: t(`delivery.outcome.${value}`) }))}
              onChange={(next) => setEnd(next)}
            />
            {asked && (
              <TextField
                label={t(`delivery.endWords.${asked}`)}
                maxLength={80}
                value={to}
                onChange={(event) => setTo(event.target.value)}
              />
            )}
            <TextField
              type="datetime-local"
              label={t("delivery.whenWas")}
              value={at}
              error={isChecked && Number.isNaN(moment) ? t("delivery.whenMissing") : null}
              onChange={(event) => setAt(event.target.value)}
            />
          </>
        )}
        <TextField
          label={t("delivery.saysWho")}
          help={t("delivery.saysWhoHelp")}
          maxLength={120}
          value={saidBy}
          error={isChecked && saidBy.trim() === "" ? t("delivery.saysWhoMissing") : null}
          onChange={(event) => setSaidBy(event.target.value)}
        />
        <FailureRows error={recording.error} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={recording.isPending}>
            {t(isUndo ? "delivery.undo" : "delivery.record")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function useRecord(id: number, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: EndGiven) => call(recordDeliveryEnd, { params: { id }, body }),
    onSuccess: (next) => {
      client.setQueryData(runningQuery(id).queryKey, next);
      onDone();
    },
  });
}
