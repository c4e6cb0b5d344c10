import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { RunningReply, WhatIf } from "../../../../skills/delivery/api.ts";
import { IconButton } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { type Found, findStop, hasEnded } from "../evening/rounds.ts";
import type { Asked } from "../evening/use-asked.ts";
import type { Writing } from "../evening/write-dialog.tsx";
import { whatIfQuery } from "../queries.ts";
import type { CityFormat } from "../use-city-format.ts";
import { AnyChange } from "./any-change.tsx";
import { MoveFields } from "./move-fields.tsx";
import { RoundCosts } from "./round-costs.tsx";
import { StopFacts } from "./stop-facts.tsx";
import { TriedChange } from "./tried-change.tsx";

interface PanelProps {
  running: RunningReply;
  asked: Asked;
  /** On narrow screens it stands over the page, and only while something is asked. */
  isShown: boolean;
  format: CityFormat;
  onAsk(change: WhatIf, deliveryId?: number | null): void;
  onClose(): void;
  onWrite(writing: Writing): void;
}

/** What a change would cost and whom it would reach, before anything is done. */
export function WhatIfPanel({ running, asked, isShown, format, onAsk, onClose, onWrite }: PanelProps) {
  const { t } = useText();
  const panel = useRef<HTMLElement>(null);
  useScrollUp(panel, asked);
  useEscape(onClose);
  const found = asked.deliveryId === null ? null : findStop(running.rounds, asked.deliveryId);
  const isOver = running.state === "over";
  if (isOver && !found) return null;
  return (
    <section
      ref={panel}
      aria-labelledby="what-if"
      className={classNames(
        "bg-ground px-4 py-3 lg:px-6 xl:max-h-[60%] xl:min-h-0 xl:shrink-0 xl:overflow-y-auto",
        "max-xl:fixed max-xl:inset-x-0 max-xl:bottom-0 max-xl:z-30 max-xl:max-h-[72dvh] max-xl:overflow-y-auto max-xl:border-t-2 max-xl:border-ink max-xl:shadow-float max-lg:bottom-16",
        !isShown && "max-xl:hidden",
      )}
    >
      <header className="flex items-start gap-3">
        <div className="flex flex-1 flex-wrap items-baseline gap-x-3">
          <h2 id="what-if" className="text-h2">
            {t(isOver ? "delivery.stop" : "delivery.whatIf")}
          </h2>
          {!isOver && <p className="text-small text-ink-2">{t("delivery.nothingLeaves")}</p>}
        </div>
        <IconButton
          icon={X}
          label={t("delivery.discard")}
          onClick={onClose}
          className={classNames("-mt-1 -mr-2", !isShown && "xl:hidden")}
        />
      </header>
      {found && <StopFacts running={running} found={found} format={format} onWrite={onWrite} />}
      {!isOver && <Fields running={running} asked={asked} found={found} format={format} onAsk={onAsk} />}
      {!isOver && asked.change && (
        <Tried
          running={running}
          change={asked.change}
          found={found}
          format={format}
          onDone={onClose}
          onDiscard={onClose}
        />
      )}
    </section>
  );
}

type FieldProps = Pick<PanelProps, "running" | "asked" | "format" | "onAsk"> & { found: Found | null };

function Fields({ running, asked, found, format, onAsk }: FieldProps) {
  const { t } = useText();
  const { data } = useQuery(whatIfQuery(running.id, asked.change, running.version));
  if (!found) {
    if (asked.deliveryId === null) return <AnyChange running={running} change={asked.change} onAsk={onAsk} />;
    return null;
  }
  if (hasEnded(found.stop)) return <p className="mt-2 text-ink-2">{t("delivery.cannotMove")}</p>;
  // Where the best place was asked for, the fields show the one that was found.
  const shown = asked.change?.kind === "best" ? (data?.change ?? asked.change) : asked.change;
  const ask = (change: WhatIf) => onAsk(change, found.stop.deliveryId);
  return (
    <>
      <MoveFields rounds={running.rounds} found={found} change={shown} format={format} onAsk={ask} />
      <RoundCosts key={found.stop.deliveryId} running={running} found={found} format={format} onAsk={ask} />
    </>
  );
}

interface TriedProps {
  running: RunningReply;
  change: WhatIf;
  found: Found | null;
  format: CityFormat;
  onDone(): void;
  onDiscard(): void;
}

function Tried({ running, change, ...rest }: TriedProps) {
  const { t } = useText();
  const tried = useQuery(whatIfQuery(running.id, change, running.version));
  if (tried.error) return <FailureRows error={tried.error} />;
  if (!tried.data)
    return (
      <p role="status" className="busy-line mt-3 py-2 text-ink-2">
        {t("delivery.trying")}
      </p>
    );
  return (
    <TriedChange
      running={running}
      change={change}
      tried={tried.data}
      isOld={tried.isPlaceholderData}
      {...rest}
    />
  );
}

/** Something else is asked: it is read from its beginning. */
function useScrollUp(panel: React.RefObject<HTMLElement | null>, { deliveryId }: Asked): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stop is the occasion
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [deliveryId, panel]);
}

/** From anywhere on the page, unless a menu or dialog wanted the key. */
function useEscape(onClose: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);
}
