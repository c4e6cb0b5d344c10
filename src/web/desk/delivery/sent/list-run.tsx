import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { type ImportedReply, type ParcelRow, sendParcelList } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { StateLine, type TagKind } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useSetupChange } from "../setup/queries.ts";
import { Refusal } from "../setup/refusal.tsx";
import { useCityFormat } from "../use-city-format.ts";
import { LabelButtons } from "./label-buttons.tsx";
import { resultsFile } from "./results-file.ts";

const rowsAtOnce = 20;
const kinds: Record<ImportedReply["outcome"], TagKind> = {
  ready: "info",
  booked: "ok",
  known: "past",
  choose: "warn",
  not_found: "warn",
  no_window: "warn",
  taken_back: "off",
  too_many: "warn",
};

interface ListRunProps {
  name: string;
  rows: readonly ParcelRow[];
  carrierId: number | undefined;
  timeZone: string | undefined;
  /** What is under way belongs to this list and carrier: neither changes meanwhile. */
  onRunning(isRunning: boolean): void;
}

/** Tries or books the lines, some at a time; whoever stops in between and begins again books nothing twice. */
export function ListRun({ name, rows, carrierId, timeZone, onRunning }: ListRunProps) {
  const { t } = useText();
  const refresh = useSetupChange();
  const [results, setResults] = useState<readonly ImportedReply[]>([]);
  const running = useMutation({
    mutationFn: async (isTrial: boolean) => {
      const all: ImportedReply[] = [];
      setResults([]);
      for (let at = 0; at < rows.length; at += rowsAtOnce) {
        const body = {
          isTrial,
          rows: rows.slice(at, at + rowsAtOnce),
          ...(carrierId !== undefined && { carrierId }),
        };
        all.push(...(await call(sendParcelList, { body })).items);
        setResults([...all]);
      }
      return isTrial;
    },
    onMutate: () => onRunning(true),
    onSettled: () => {
      onRunning(false);
      return refresh();
    },
  });
  /** One at a time: what is booked must not be shown as what a trial beside it says. */
  const run = (isTrial: boolean) => {
    if (!running.isPending) running.mutate(isTrial);
  };
  const booked = results.filter(({ outcome }) => outcome === "booked" || outcome === "known");
  const parcelsOf = new Map(rows.map(({ line, parcels }) => [line, parcels]));
  const labels = booked.flatMap(({ deliveryId, line }) =>
    deliveryId === null ? [] : [{ deliveryId, parcels: parcelsOf.get(line) ?? 1 }],
  );
  return (
    <Card title={t("deliverySent.lines", { count: rows.length })}>
      <div className="flex flex-wrap gap-2">
        <Button busy={running.isPending && running.variables} onClick={() => run(true)}>
          {t("deliverySent.try")}
        </Button>
        <Button variant="primary" busy={running.isPending && !running.variables} onClick={() => run(false)}>
          {t("deliverySent.bookLines", { count: rows.length })}
        </Button>
      </div>
      {running.isPending && (
        <div className="mt-3">
          <ProgressLine share={results.length / rows.length} label={t("deliverySent.working")} />
          <p className="text-small text-ink-2">
            {t("deliverySent.progress", { done: results.length, all: rows.length })}
          </p>
        </div>
      )}
      <Refusal error={running.error} />
      {running.error && <p className="mt-2 text-small">{t("deliverySent.again")}</p>}
      {results.length > 0 && (
        <>
          <Results results={results} timeZone={timeZone} />
          <div className="mt-4 flex flex-wrap items-center gap-2">
            <Button
              icon={Download}
              onClick={() =>
                saveFile(`${name.replace(/\.\w+$/, "")}-results.csv`, resultsFile(rows, results), "text/csv")
              }
            >
              {t("deliverySent.takeAway")}
            </Button>
            {labels.length > 0 && <LabelButtons items={labels} carrierId={carrierId} />}
          </div>
        </>
      )}
    </Card>
  );
}

interface ResultsProps {
  results: readonly ImportedReply[];
  timeZone: string | undefined;
}

function Results({ results, timeZone }: ResultsProps) {
  const { t } = useText();
  const format = useCityFormat(timeZone);
  return (
    <ul className="mt-4 divide-y divide-line border-t-[1.5px] border-ink">
      {results.map(({ line, outcome, address, earliestAt, latestAt, choices }) => (
        <li key={line} className="grid gap-x-4 py-2 sm:grid-cols-[5rem_1fr_auto]">
          <span className="text-small text-ink-2">{t("deliverySent.line", { line })}</span>
          <span className="wrap-anywhere">
            {address}
            {choices.length > 0 && (
              <span className="block text-small text-ink-2">
                {t("deliverySent.meant", { addresses: choices.join(" · ") })}
              </span>
            )}
          </span>
          <span>
            <StateLine kind={kinds[outcome]}>{t(`deliverySent.result.${outcome}`)}</StateLine>
            {earliestAt && latestAt && (
              <span className="block text-small tabular-nums">
                {`${format.shortDay(format.dayOf(earliestAt))}, ${format.window(earliestAt, latestAt)}`}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
