import { MessageCircle } from "lucide-react";
import type { RunningReply, TriedReply } from "../../../../skills/delivery/api.ts";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { findStop } from "../evening/rounds.ts";
import { useName } from "../evening/use-name.ts";
import type { CityFormat } from "../use-city-format.ts";

interface ReachedProps {
  tried: TriedReply;
  running: Pick<RunningReply, "rounds">;
  format: CityFormat;
  tells: boolean;
}

/** Messages that are read at once; more are opened. */
const FEW = 3;

/** Whom the change reaches: what they would read word for word, whose time moves, whose promise would break. */
export function Reached({ tried: { messages, moved, endangered }, running, format, tells }: ReachedProps) {
  const { t } = useText();
  const nameOf = useName();
  return (
    <div className="mt-3 grid gap-3 empty:hidden">
      {endangered.length > 0 && (
        <div>
          <StateLine kind="warn">{t("delivery.wouldBreak", { count: endangered.length })}</StateLine>
          <ul className="mt-1 text-desk">
            {endangered.map(({ deliveryId, shiftId }) => (
              <li key={deliveryId} className="wrap-anywhere">
                {nameOf(deliveryId, findStop(running.rounds, deliveryId)?.stop.name)}
                {shiftId === null && <span className="text-ink-2">: {t("delivery.nobody")}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {moved.length > 0 && (
        <details open={moved.length <= FEW}>
          <summary className="min-h-6 text-desk font-strong">
            {t("delivery.timesMove", { count: moved.length })}
          </summary>
          <ul className="text-desk">
            {moved.map(({ deliveryId, name, fromAt, toAt }) => (
              <li key={deliveryId} className="wrap-anywhere">
                {t("delivery.timeMoves", {
                  name: nameOf(deliveryId, name),
                  from: format.clock(fromAt),
                  to: format.clock(toAt),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {tells &&
        messages
          .slice(0, FEW)
          .map(({ deliveryId, name, text }) => (
            <Letter key={deliveryId} name={nameOf(deliveryId, name)} text={text} />
          ))}
      {tells && messages.length > FEW && (
        <details>
          <summary className="min-h-6 text-desk font-strong">
            {t("delivery.moreLetters", { count: messages.length - FEW })}
          </summary>
          <div className="mt-2 grid gap-2">
            {messages.slice(FEW).map(({ deliveryId, name, text }) => (
              <Letter key={deliveryId} name={nameOf(deliveryId, name)} text={text} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

/** Dashed: an automaton would say it. */
function Letter({ name, text }: { name: string; text: string }) {
  const { t } = useText();
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5 rounded-2 border border-dashed border-ink-3 bg-sheet px-3 py-2 text-desk">
      <MessageCircle size={18} strokeWidth={1.75} aria-hidden="true" className="mt-0.5" />
      <div className="min-w-0">
        <p className="font-strong wrap-anywhere">{t("delivery.reads", { name })}</p>
        <p className="wrap-anywhere whitespace-pre-wrap text-ink-2">
          {t("delivery.quoted", { words: text })}
        </p>
      </div>
    </div>
  );
}
