import { Shuffle } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { CityDocument, RunningReply, RunningRound } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { StateLine } from "../../../ui/tag.tsx";
import { usePageTitle } from "../../shell/page-titles.ts";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { MapPane } from "../map/map-pane.tsx";
import { Timeline } from "../timeline/timeline.tsx";
import { type CityFormat, useCityFormat } from "../use-city-format.ts";
import { WhatIfPanel } from "../what-if/what-if-panel.tsx";
import { BuffersPane } from "./buffers-pane.tsx";
import { EveningHeadRow } from "./evening-head.tsx";
import { LogPane } from "./log-pane.tsx";
import { PaneChoice, type PaneName } from "./pane-choice.tsx";
import { PaneGrid } from "./pane-grid.tsx";
import { RiskList } from "./risk-list.tsx";
import { RoundMenu } from "./round-menu.tsx";
import { isSilent } from "./rounds.ts";
import { useAsked } from "./use-asked.ts";
import { useEveningMap } from "./use-evening-map.ts";
import { WriteDialog, type Writing } from "./write-dialog.tsx";

interface RunningProps {
  running: RunningReply;
  /** ms of this browser's clock, when it was loaded */
  loadedAt: number;
  city: CityDocument;
  choice: ReactNode;
}

/** The evening on one screen: where everybody is, what is at risk, and what could be done about it. */
export function RunningEvening({ running, loadedAt, city, choice }: RunningProps) {
  const { t } = useText();
  usePageTitle(t("delivery.title"), running.atRisk.length);
  const format = useCityFormat(running.timeZone);
  // The node's clock counts: what it expects is told in its time.
  const now = useNow() + Date.parse(running.now) - loadedAt;
  const [pane, setPane] = useState<PaneName>("rounds");
  const [writing, setWriting] = useState<Writing | null>(null);
  const asking = useAsked(running.rounds);
  const { asked, pick, ask } = asking;
  useStopInSight(asking.openRound, asked.deliveryId);
  return (
    <div className="h-full overflow-y-auto xl:flex xl:min-h-0 xl:flex-col xl:overflow-hidden">
      <EveningHeadRow
        running={running}
        now={now}
        format={format}
        choice={choice}
        onWrite={setWriting}
        onAsk={asking.open}
      />
      <PaneGrid
        left={<Whereabouts {...{ running, city, pane, format, asking }} />}
        right={
          <>
            <RiskList
              evening={running}
              format={format}
              onPick={pick}
              onSolve={(deliveryId) => ask({ kind: "best", deliveryId }, deliveryId)}
            />
            {isSilent(running, now) && (
              <p className="border-b border-line bg-sheet px-4 py-2 text-small lg:px-6">
                <StateLine kind="info">{t("delivery.allSilent")}</StateLine>
              </p>
            )}
            <PaneChoice pane={pane} onChange={setPane} />
            <Rounds {...{ running, now, pane, format, asking }} onWrite={setWriting} />
            <WhatIfPanel
              running={running}
              asked={asked}
              isShown={asking.isAsking}
              format={format}
              onAsk={ask}
              onClose={asking.close}
              onWrite={setWriting}
            />
          </>
        }
      />
      {writing && <WriteDialog running={running} writing={writing} onClose={() => setWriting(null)} />}
    </div>
  );
}

interface PartProps {
  running: RunningReply;
  pane: PaneName;
  format: CityFormat;
  asking: ReturnType<typeof useAsked>;
}

function Rounds(props: PartProps & { now: number; onWrite(writing: Writing): void }) {
  const { running, now, pane, format, asking, onWrite } = props;
  const { t } = useText();
  const { id, state } = running;
  const { ask, numberOf } = asking;
  const menu = useCallback(
    (round: RunningRound) => (
      <RoundMenu
        eveningId={id}
        round={round}
        number={numberOf(round.shiftId)}
        isOver={state === "over"}
        onWrite={() => onWrite({ to: "couriers", ids: [round.shiftId] })}
        onDrop={() => ask({ kind: "drop", shiftId: round.shiftId })}
      />
    ),
    [id, state, ask, numberOf, onWrite],
  );
  return (
    <div
      className={classNames(
        "bg-sheet xl:min-h-0 xl:flex-1 xl:overflow-y-auto xl:border-b-2 xl:border-ink",
        pane !== "rounds" && "max-xl:hidden",
      )}
    >
      <Timeline
        evening={running}
        now={now}
        selected={asking.asked.deliveryId}
        openRound={asking.openRound}
        format={format}
        onPick={asking.pick}
        onOpenRound={asking.setOpenRound}
        {...(state !== "over" && { onDrop: asking.drop })}
        menu={menu}
      />
      {state !== "over" && (
        <div className="p-4 xl:hidden">
          <Button icon={Shuffle} onClick={asking.open}>
            {t("delivery.whatIf")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Whereabouts({ running, city, pane, format, asking }: PartProps & { city: CityDocument }) {
  const { rounds, depots, atRisk, happened } = running;
  const map = useEveningMap(city);
  const drawn = useMemo(() => ({ rounds, depots, atRisk }), [rounds, depots, atRisk]);
  const logged = useMemo(() => ({ rounds, happened }), [rounds, happened]);
  return (
    <>
      <div className={classNames("bg-sheet", pane !== "map" && "max-xl:hidden")}>
        <MapPane
          evening={drawn}
          {...map}
          selected={asking.asked.deliveryId}
          openRound={asking.openRound}
          format={format}
          onPick={asking.pick}
        />
      </div>
      <div className={classNames("bg-sheet", pane !== "log" && "max-xl:hidden")}>
        <LogPane evening={logged} format={format} onPick={asking.pick} />
        <BuffersPane running={running} format={format} />
      </div>
    </>
  );
}

/** A stop that was chosen on the map or in the log is scrolled to in its round. */
function useStopInSight(openRound: number | null, deliveryId: number | null): void {
  useEffect(() => {
    if (openRound === null || deliveryId === null) return;
    document.querySelector("[data-round] [aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  }, [openRound, deliveryId]);
}
