import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { type RunningReply, writeToEvening } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { findStop, hasEnded } from "./rounds.ts";
import { useName } from "./use-name.ts";

/** To whom; `ids` are shifts or deliveries, null = all that are still to come. */
export interface Writing {
  readonly to: "couriers" | "customers";
  readonly ids: readonly number[] | null;
}

const LONGEST = 1_000;

interface WriteProps {
  running: RunningReply;
  writing: Writing;
  onClose(): void;
}

/** A message to one or all; who could not be reached is named. */
export function WriteDialog({ running, writing, onClose }: WriteProps) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [isMissing, setMissing] = useState(false);
  // The same letter, however often it has to be handed in; another text is another letter.
  const letter = useRef({ text: "", key: "" });
  const { to, ids } = writing;
  const sending = useMutation({
    mutationFn: () => {
      if (letter.current.text !== text) letter.current = { text, key: crypto.randomUUID() };
      const { key } = letter.current;
      return call(writeToEvening, {
        params: { id: running.id },
        body: { to, ...(ids && { ids: [...ids] }), text, key },
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(text.trim() === "");
    if (text.trim() !== "") sending.mutate();
  };
  return (
    <Dialog isOpen onClose={onClose} title={useTitle(running, writing)} closeLabel={t("close")}>
      {sending.data ? (
        <Sent result={sending.data} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <TextArea
            label={t("delivery.text")}
            help={t(to === "couriers" ? "delivery.writeCouriersHelp" : "delivery.writeCustomersHelp")}
            error={isMissing ? t("delivery.textMissing") : null}
            rows={4}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <FailureRows error={sending.error} />
          <div className="mt-4 flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={sending.isPending}>
              {t("delivery.send")}
            </Button>
            <Button onClick={onClose}>{t("cancel")}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function useTitle(running: RunningReply, { to, ids }: Writing): string {
  const { t } = useText();
  const nameOf = useName();
  const first = ids?.[0];
  if (first !== undefined && to === "couriers") {
    const place = running.rounds.findIndex(({ shiftId }) => shiftId === first);
    const name = running.rounds[place]?.courierName || t("delivery.somebody");
    return t("delivery.writeTo", { name: `${name} (${t("delivery.round", { number: place + 1 })})` });
  }
  if (first !== undefined)
    return t("delivery.writeTo", {
      name: nameOf(first, findStop(running.rounds, first)?.stop.name),
    });
  if (to === "couriers")
    return t("delivery.writeCouriersTitle", {
      count: running.rounds.filter(({ state }) => state !== "dropped" && state !== "done").length,
    });
  const open = running.rounds.flatMap(({ stops }) => stops).filter((stop) => !hasEnded(stop));
  return t("delivery.writeCustomersTitle", { count: open.length });
}

interface SentProps {
  result: { sent: number; unreachable: readonly { id: number; name: string; reason: string }[] };
  onClose(): void;
}

function Sent({ result: { sent, unreachable }, onClose }: SentProps) {
  const { t } = useText();
  const nameOf = useName();
  return (
    <div role="status">
      {sent > 0 && (
        <p>
          <StateLine kind="ok">{t("delivery.sent", { count: sent })}</StateLine>
        </p>
      )}
      {unreachable.length > 0 && (
        <>
          <p className="mt-2">
            <StateLine kind="warn">{t("delivery.unreachable", { count: unreachable.length })}</StateLine>
          </p>
          <ul className="mt-1 divide-y divide-line border-y border-line">
            {unreachable.map(({ id, name, reason }) => (
              <li key={id} className="py-1.5">
                <strong className="font-strong wrap-anywhere">{nameOf(id, name)}</strong>
                <span className="text-ink-2">
                  : {t.maybe(`delivery.unreachable.${reason}`) ?? t("delivery.unreachable.other", { reason })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button variant="primary" className="mt-4" onClick={onClose}>
        {t("close")}
      </Button>
    </div>
  );
}
