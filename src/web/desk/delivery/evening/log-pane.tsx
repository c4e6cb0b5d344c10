import {
  Bell,
  Bike,
  Check,
  CircleX,
  Clock,
  DoorClosed,
  Flag,
  House,
  ImageOff,
  type LucideIcon,
  MapPin,
  MessageCircle,
  Package,
  Pin,
  Shuffle,
  TriangleAlert,
  Undo2,
  UserX,
} from "lucide-react";
import { memo, useMemo } from "react";
import type { Happened } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";
import type { CityFormat } from "../use-city-format.ts";
import { type Evening, findStop, type LogRow, logRows } from "./rounds.ts";
import { useName } from "./use-name.ts";

const icons: Partial<Record<string, LucideIcon>> = {
  accepted: Check,
  declined: CircleX,
  scanned: Package,
  left: Bike,
  arrived: MapPin,
  done: Check,
  not_there: DoorClosed,
  refused: CircleX,
  undone: Undo2,
  back: House,
  delay: Clock,
  told: Bell,
  late_said: TriangleAlert,
  replanned: Shuffle,
  moved: Shuffle,
  dropped: UserX,
  wrote: MessageCircle,
  chose: House,
  frozen: Pin,
  begun: Flag,
  over: Flag,
  photo_erased: ImageOff,
  code_locked: TriangleAlert,
  taken_along: Undo2,
  not_taken_along: CircleX,
};
const warns: readonly Happened["kind"][] = ["late_said", "delay", "dropped", "code_locked"];

interface LogProps {
  evening: Pick<Evening, "rounds" | "happened">;
  format: CityFormat;
  onPick(deliveryId: number): void;
}

/** What happened, newest first. */
export const LogPane = memo(function LogPane({ evening, format, onPick }: LogProps) {
  const { t } = useText();
  const rows = useMemo(() => logRows(evening.happened), [evening.happened]);
  return (
    <section aria-label={t("delivery.log")} className="px-4 py-4 lg:px-6">
      <header className="mb-1 flex items-baseline justify-between gap-4">
        <h2 className="text-h2">{t("delivery.log")}</h2>
        <p className="text-small text-ink-2">{t("delivery.newestFirst")}</p>
      </header>
      {rows.length === 0 && <p className="py-3 text-ink-2">{t("delivery.nothingYet")}</p>}
      <ol className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.happened.id} row={row} rounds={evening.rounds} format={format} onPick={onPick} />
        ))}
      </ol>
    </section>
  );
});

interface RowProps {
  row: LogRow;
  rounds: Evening["rounds"];
  format: CityFormat;
  onPick(deliveryId: number): void;
}

function Row({ row: { happened, count }, rounds, format, onPick }: RowProps) {
  const { t } = useText();
  const nameOf = useName();
  const { kind, shiftId, deliveryId, words, by, saidBy } = happened;
  const Icon = icons[kind] ?? Clock;
  const found = deliveryId === null ? null : findStop(rounds, deliveryId);
  const place = rounds.findIndex((one) => one.shiftId === (shiftId ?? found?.round.shiftId));
  const round = place < 0 ? "" : t("delivery.round", { number: place + 1 });
  const courier = rounds[place]?.courierName || round || t("delivery.somebody");
  const name = nameOf(deliveryId ?? 0, found?.stop.name);
  // Held stops are counted in the words, announced half-hours stand there as two moments.
  const isCount = kind === "frozen" && /^\d+$/.test(words);
  const values = { round, courier, name, count: isCount ? Number(words) : count };
  const said =
    (isCount && words === "0" && t.maybe(`delivery.happenedNone.${kind}`, values)) ||
    (count > 1 && t.maybe(`delivery.happenedMany.${kind}`, values)) ||
    t.maybe(`delivery.happened.${kind}`, values) ||
    kind;
  return (
    <li className="grid grid-cols-[3rem_1.25rem_1fr_auto] items-baseline gap-x-2 py-2 text-desk">
      <time dateTime={happened.at} className="text-ink-2">
        {format.clock(happened.at)}
      </time>
      <Icon
        size={18}
        strokeWidth={1.75}
        aria-hidden="true"
        className={`self-center ${warns.includes(kind) ? "text-warn" : kind === "done" ? "text-ok" : "text-ink-2"}`}
      />
      <span className="min-w-0 wrap-anywhere">
        {found && count === 1 ? (
          <button
            type="button"
            className="min-h-6 text-left underline-offset-4 hover:underline"
            onClick={() => onPick(found.stop.deliveryId)}
          >
            {said}
          </button>
        ) : (
          said
        )}
        {words !== "" && !isCount && count === 1 && (
          <span className="text-ink-2"> {spanIn(words, format) ?? t("delivery.quoted", { words })}</span>
        )}
        {saidBy !== "" && <span className="text-ink-2"> {t("delivery.saidBy", { who: saidBy })}</span>}
      </span>
      <span className="text-small text-ink-2">
        {by === "automatic"
          ? t("delivery.by.automatic")
          : by === "dispatcher"
            ? t("delivery.by.dispatcher")
            : round}
      </span>
    </li>
  );
}

/** "2026-11-19T17:20:00.000Z/2026-11-19T17:50:00.000Z" as the city's clocks show it; null when it is something else. */
function spanIn(words: string, format: CityFormat): string | null {
  const [from = "", until = "", more] = words.split("/");
  const isSpan = more === undefined && [from, until].every((one) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(one));
  return isSpan ? format.window(from, until) : null;
}
