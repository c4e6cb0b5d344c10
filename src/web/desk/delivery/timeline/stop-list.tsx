import { Bell, Pin } from "lucide-react";
import type { RunningStop } from "../../../../skills/delivery/api.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Tag } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { hasEnded, type Span, shareOf, stopAt } from "../evening/rounds.ts";
import { useStopWords } from "../evening/use-stop-words.ts";
import type { CityFormat } from "../use-city-format.ts";

interface StopListProps {
  stops: readonly RunningStop[];
  risky: ReadonlySet<number>;
  selected: number | null;
  span: Span;
  format: CityFormat;
  onPick(deliveryId: number): void;
}

/** The stops of a round with their windows on the axis; each is a button, so that everything can be done without a mouse. */
export function StopList({ stops, onPick, ...rest }: StopListProps) {
  const { t } = useText();
  if (stops.length === 0)
    return (
      <p className="border-y border-line bg-ground px-4 py-3 text-ink-2 lg:px-6">{t("delivery.noStops")}</p>
    );
  return (
    <ol className="border-y border-line bg-ground">
      {stops.map((stop, n) => (
        <StopRow key={stop.deliveryId} stop={stop} number={n + 1} onPick={onPick} {...rest} />
      ))}
    </ol>
  );
}

interface StopRowProps extends Omit<StopListProps, "stops"> {
  stop: RunningStop;
  number: number;
}

function StopRow({ stop, number, risky, selected, span, format, onPick }: StopRowProps) {
  const words = useStopWords(format);
  const isRisk = risky.has(stop.deliveryId) && !hasEnded(stop);
  const isSelected = selected === stop.deliveryId;
  return (
    <li
      className={classNames(
        "relative grid grid-cols-1 gap-x-3 px-4 sm:grid-cols-[var(--names)_minmax(0,1fr)] lg:px-6",
        isSelected &&
          "bg-accent-soft before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent-edge",
      )}
    >
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={() => onPick(stop.deliveryId)}
        className="min-w-0 py-1 text-left after:absolute after:inset-0 focus-visible:-outline-offset-2"
      >
        <span className="flex items-center gap-1 text-desk leading-5 font-strong">
          <span className="truncate" title={stop.name}>
            {number}. {words.name(stop)}
          </span>
          {stop.isFrozen && !hasEnded(stop) && (
            <Pin size={14} strokeWidth={2} aria-hidden="true" className="shrink-0 text-ink-2" />
          )}
          {stop.told && !hasEnded(stop) && (
            <Bell size={14} strokeWidth={2} aria-hidden="true" className="shrink-0 text-ink-2" />
          )}
        </span>
        <span className="block truncate text-tiny text-ink-2">{stop.address || stop.senderName}</span>
        <span className="ear-only">{words.more(stop, isRisk)}</span>
      </button>
      <WindowBar stop={stop} isRisk={isRisk} span={span} format={format} />
    </li>
  );
}

interface BarProps {
  stop: RunningStop;
  isRisk: boolean;
  span: Span;
  format: CityFormat;
}

/** The promised window stands on the axis; a mark says when the courier comes, or came. */
function WindowBar({ stop, isRisk, span, format }: BarProps) {
  const { t } = useText();
  const words = useStopWords(format);
  const from = shareOf(Date.parse(stop.earliestAt), span);
  const until = shareOf(Date.parse(stop.latestAt), span);
  const at = shareOf(stopAt(stop), span);
  const said = isRisk ? words.risk(stop) : format.clock(stopAt(stop));
  return (
    <div aria-hidden="true" className="pointer-events-none relative h-9 border-b border-line sm:h-11">
      <div
        style={{ left: `${from * 100}%`, width: `${(until - from) * 100}%` }}
        className={classNames(
          "absolute bottom-0 h-4 border border-b-0",
          hasEnded(stop)
            ? "border-line-strong bg-sunken"
            : isRisk
              ? "border-warn bg-warn-soft"
              : "border-accent-edge bg-accent-soft",
        )}
      />
      <div
        style={{ left: `${at * 100}%` }}
        className={classNames("absolute bottom-0 h-6 w-0.5 -translate-x-1/2", isRisk ? "bg-warn" : "bg-ink")}
      />
      <div
        style={at > 0.6 ? { right: `${(1 - at) * 100}%` } : { left: `${at * 100}%` }}
        className={classNames(
          "absolute bottom-3.5 flex items-center gap-1.5 px-1.5 text-tiny whitespace-nowrap",
          isRisk ? "font-strong text-warn" : "text-ink-2",
        )}
      >
        <span className="rounded-1 bg-ground px-0.5">{said}</span>
        {stop.outcome && stop.outcome !== "handed_over" && (
          <Tag kind={stop.state === "failed" ? "bad" : "past"}>{t(`delivery.outcome.${stop.outcome}`)}</Tag>
        )}
      </div>
    </div>
  );
}
