import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { CityDocument, RunningReply } from "../../../../skills/delivery/api.ts";
import { Waiting } from "../../../ui/card.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { BoatDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { Failure } from "../../shell/failure.tsx";
import { usePageTitle } from "../../shell/page-titles.ts";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";
import { LogPane } from "../evening/log-pane.tsx";
import { PaneChoice, type PaneName } from "../evening/pane-choice.tsx";
import { PaneGrid } from "../evening/pane-grid.tsx";
import { findStop } from "../evening/rounds.ts";
import { useEveningMap } from "../evening/use-evening-map.ts";
import { MapPane } from "../map/map-pane.tsx";
import { citiesQuery, replayQuery, runningQuery } from "../queries.ts";
import { Timeline } from "../timeline/timeline.tsx";
import { useCityFormat } from "../use-city-format.ts";
import { filmOf, momentOf, type Replay } from "./moment.ts";
import { Player } from "./player.tsx";
import { usePlaying } from "./use-playing.ts";

/** An evening played again: what was known when, and what was made of it. */
export function ReplayPage() {
  const { t } = useText();
  const { evening } = useParams({ from: "/shell/delivery/replay/$evening" });
  const id = Number(evening);
  const running = useQuery(runningQuery(id));
  const replay = useQuery(replayQuery(id));
  const cities = useQuery(citiesQuery);
  const error = running.error ?? replay.error ?? cities.error;
  const city = cities.data?.items.find((one) => one.id === running.data?.cityId);
  if (running.data && replay.data && city && replay.data.happened.length > 0)
    return <Played running={running.data} replay={replay.data} city={city} />;
  return (
    <DeliveryFrame title={t("delivery.replay")} subtitle={t("delivery.replayText")}>
      {error ? (
        <Failure
          error={error}
          title={t("delivery.replayNotLoaded")}
          retry={() => void Promise.all([running.refetch(), replay.refetch(), cities.refetch()])}
        />
      ) : replay.data?.happened.length === 0 ? (
        <Statement
          drawing={<BoatDrawing className="w-[300px] max-w-full" />}
          title={t("delivery.nothingToReplay")}
        >
          {t("delivery.nothingToReplayText")}
        </Statement>
      ) : (
        <Waiting rows={6} label={t("delivery.loading")} />
      )}
    </DeliveryFrame>
  );
}

interface PlayedProps {
  running: RunningReply;
  replay: Replay;
  city: CityDocument;
}

function Played({ running, replay, city }: PlayedProps) {
  const { t } = useText();
  usePageTitle(t("delivery.replay"));
  const format = useCityFormat(running.timeZone);
  const film = useMemo(() => filmOf(running, replay), [running, replay]);
  const playing = usePlaying({
    // Phones tell later what happened earlier, also before somebody began the evening by hand.
    from: Math.min(Date.parse(replay.from), ...film.happened.slice(0, 1).map(({ ms }) => ms)),
    until: Math.max(Date.parse(replay.until), ...film.happened.slice(-1).map(({ ms }) => ms)),
    moments: film.happened.map(({ ms }) => ms),
  });
  // The slider follows the hand at once, the picture as fast as it can.
  const at = useDeferredValue(playing.at);
  const moment = useMemo(() => momentOf(film, at), [film, at]);
  const map = useEveningMap(city);
  const [pane, setPane] = useState<PaneName>("rounds");
  const [openRound, setOpenRound] = useState<number | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const pick = useCallback(
    (deliveryId: number) => {
      setSelected(deliveryId);
      const found = findStop(moment.rounds, deliveryId);
      if (found) setOpenRound(found.round.shiftId);
    },
    [moment],
  );
  return (
    <div className="h-full overflow-y-auto xl:flex xl:min-h-0 xl:flex-col xl:overflow-hidden">
      <header className="border-b-2 border-ink px-4 pt-3 pb-2 lg:px-6">
        <Link
          to="/delivery"
          search={{ city: running.cityId, evening: running.id }}
          className="-ml-1 inline-flex min-h-8 items-center gap-1 text-small font-strong text-accent-text hover:underline"
        >
          <ChevronLeft size={18} strokeWidth={1.75} aria-hidden="true" />
          {t("delivery.backToEvening")}
        </Link>
        <h1 className="text-[1.375rem] leading-7 sm:text-[1.5rem]">
          {t("delivery.replayOf", { date: format.longDay(running.date), city: running.cityName })}
        </h1>
      </header>
      <Player playing={playing} format={format} />
      <PaneGrid
        right={
          <>
            <PaneChoice pane={pane} onChange={setPane} />
            <div
              className={classNames(
                "bg-sheet xl:min-h-0 xl:flex-1 xl:overflow-y-auto",
                pane !== "rounds" && "max-xl:hidden",
              )}
            >
              <Timeline
                evening={moment}
                now={at}
                selected={selected}
                openRound={openRound}
                format={format}
                onPick={pick}
                onOpenRound={setOpenRound}
              />
            </div>
          </>
        }
        left={
          <>
            <div className={classNames("bg-sheet", pane !== "map" && "max-xl:hidden")}>
              <MapPane
                evening={moment}
                {...map}
                selected={selected}
                openRound={openRound}
                format={format}
                onPick={pick}
              />
            </div>
            <div className={classNames("bg-sheet", pane !== "log" && "max-xl:hidden")}>
              <LogPane evening={moment} format={format} onPick={pick} />
            </div>
          </>
        }
      />
    </div>
  );
}
