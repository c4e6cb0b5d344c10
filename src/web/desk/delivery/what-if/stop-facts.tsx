import { Link } from "@tanstack/react-router";
import { ClipboardPen, MessageCircle, MessagesSquare, Pin, Undo2 } from "lucide-react";
import { useState } from "react";
import type { RunningReply } from "../../../../skills/delivery/api.ts";
import { StateLine, Tag } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { EndDialog } from "../evening/end-dialog.tsx";
import { FreezeFault, useFreeze } from "../evening/round-menu.tsx";
import { type Found, hasEnded, openStops } from "../evening/rounds.ts";
import { useStopWords } from "../evening/use-stop-words.ts";
import type { Writing } from "../evening/write-dialog.tsx";
import type { CityFormat } from "../use-city-format.ts";

/** Rare ones beside the question of the panel: small, but a finger's height where there is one. */
const action =
  "inline-flex min-h-8 items-center gap-1.5 rounded-2 text-desk font-strong text-accent-text underline-offset-4 hover:underline coarse:min-h-11";

interface FactsProps {
  running: Pick<RunningReply, "id" | "state" | "timeZone" | "now">;
  found: Found;
  format: CityFormat;
  onWrite(writing: Writing): void;
}

/** What is known of the chosen stop, and the ways to its customer. */
export function StopFacts({ running, found, format, onWrite }: FactsProps) {
  const { stop, round, number } = found;
  const { t } = useText();
  const words = useStopWords(format);
  const freeze = useFreeze(running.id);
  const open = openStops(round);
  const before = open.findIndex(({ deliveryId }) => deliveryId === stop.deliveryId) + 1;
  const ended = hasEnded(stop);
  const facts = [
    stop.address,
    t("delivery.window", { window: format.window(stop.earliestAt, stop.latestAt) }),
    words.when(stop),
    stop.told && !ended && t("delivery.told", { span: format.window(stop.told.from, stop.told.until) }),
    stop.senderName && t("delivery.from", { name: stop.senderName }),
    stop.parcels > 1 && t("delivery.parcels", { count: stop.parcels }),
  ].filter(Boolean);
  return (
    <div className="mt-2 text-desk">
      <p className="wrap-anywhere">
        <strong className="font-strong">{words.name(stop)}</strong>
        <span className="text-ink-2">
          , {t("delivery.round", { number })}
          {round.courierName && `, ${round.courierName}`}
        </span>
      </p>
      <p className="wrap-anywhere text-ink-2">{facts.join(" · ")}</p>
      {stop.doorNote && (
        <p className="wrap-anywhere text-ink-2">{t("delivery.doorNote", { note: stop.doorNote })}</p>
      )}
      {stop.untold !== null && (
        <p className="text-small">
          <StateLine kind="warn">
            {t("delivery.untold", {
              reason:
                t.maybe(`delivery.unreachable.${stop.untold}`) ??
                t("delivery.unreachable.other", { reason: stop.untold }),
            })}
          </StateLine>
        </p>
      )}
      <p className="mt-1 flex flex-wrap gap-1.5 empty:hidden">
        {stop.skills.map((skill) => (
          <Tag key={skill} kind="plain">
            {t(`delivery.skill.${skill}`)}
          </Tag>
        ))}
        {stop.isFrozen && !ended && <Tag kind="info">{t("delivery.frozen")}</Tag>}
        {stop.isLateSaid && <Tag kind="past">{t("delivery.lateSaid")}</Tag>}
      </p>
      <div className="flex flex-wrap gap-x-4 empty:hidden">
        {stop.conversationId !== null && (
          <Link to="/conversations/$id" params={{ id: stop.conversationId }} className={action}>
            <MessagesSquare size={18} strokeWidth={1.75} aria-hidden="true" />
            {t("delivery.toConversation")}
          </Link>
        )}
        {!ended && running.state !== "over" && (
          <>
            <button
              type="button"
              className={action}
              onClick={() => onWrite({ to: "customers", ids: [stop.deliveryId] })}
            >
              <MessageCircle size={18} strokeWidth={1.75} aria-hidden="true" />
              {t("delivery.writeCustomer")}
            </button>
            <button
              type="button"
              aria-busy={freeze.isPending || undefined}
              className={action}
              onClick={() => freeze.mutate({ shiftId: round.shiftId, stops: before })}
            >
              <Pin size={18} strokeWidth={1.75} aria-hidden="true" />
              {t("delivery.freezeHere")}
            </button>
          </>
        )}
        <Recording running={running} found={found} />
      </div>
      <FreezeFault error={freeze.error} onClose={freeze.reset} />
    </div>
  );
}

/** What a courier cannot tell, the dispatcher records; what was recorded by mistake is taken back. */
function Recording({ running, found }: Pick<FactsProps, "running" | "found">) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const { outcome } = found.stop;
  const isUndo = outcome !== null && outcome !== "not_recorded";
  if (running.state === "planned") return null;
  const Icon = isUndo ? Undo2 : ClipboardPen;
  return (
    <>
      <button type="button" className={action} onClick={() => setOpen(true)}>
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
        {t(isUndo ? "delivery.undoEnd" : "delivery.recordEnd")}
      </button>
      {isOpen && <EndDialog running={running} found={found} isUndo={isUndo} onClose={() => setOpen(false)} />}
    </>
  );
}
