import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useMemo, useRef } from "react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { type Command, useCommands } from "../../shell/commands.ts";
import { useText } from "../../text/use-text.ts";
import type { CityFormat } from "../use-city-format.ts";
import { type Playing, type Speed, speeds } from "./use-playing.ts";

const minuteMs = 60_000;

/** Play, pause, speed, and a slider over the evening; by keys too. */
export function Player({ playing, format }: { playing: Playing; format: CityFormat }) {
  const { t } = useText();
  const { from, until, at, isPlaying, speed } = playing;
  usePlayerKeys(playing);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-sheet px-4 py-2 lg:px-6">
      <Button variant="primary" icon={isPlaying ? Pause : Play} onClick={playing.toggle}>
        {t(isPlaying ? "delivery.pause" : "delivery.play")}
      </Button>
      <IconButton icon={SkipBack} label={t("delivery.stepBack")} onClick={() => playing.step(-1)} />
      <IconButton icon={SkipForward} label={t("delivery.stepOn")} onClick={() => playing.step(1)} />
      <output className="font-head text-figure font-heavy tabular-nums" aria-live="off">
        {format.clock(at)}
      </output>
      <input
        type="range"
        aria-label={t("delivery.momentOf")}
        aria-valuetext={format.clock(at)}
        min={from}
        max={until}
        step={minuteMs}
        value={at}
        onChange={(event) => {
          const to = Number(event.target.value);
          // The last step is shorter than a minute.
          playing.goTo(to + minuteMs > until ? until : to);
        }}
        className="h-(--ah-control) min-w-40 flex-1 basis-60 accent-(--ah-accent)"
      />
      <SelectField
        label={t("delivery.speed")}
        hideLabel
        value={String(speed)}
        options={speeds.map((one) => ({
          value: String(one),
          label: t("delivery.minutesASecond", { count: one }),
        }))}
        onChange={(event) => playing.setSpeed(Number(event.target.value) as Speed)}
      />
    </div>
  );
}

/** P plays and pauses, B and N go from one thing that happened to the other. */
function usePlayerKeys(playing: Playing): void {
  const { t } = useText();
  const now = useRef(playing);
  now.current = playing;
  const commands = useMemo<Command[]>(
    () => [
      {
        id: "replay.play",
        group: "pages",
        label: t("delivery.playOrPause"),
        icon: Play,
        keys: ["p"],
        run: () => now.current.toggle(),
      },
      {
        id: "replay.back",
        group: "pages",
        label: t("delivery.stepBack"),
        icon: SkipBack,
        keys: ["b"],
        run: () => now.current.step(-1),
      },
      {
        id: "replay.on",
        group: "pages",
        label: t("delivery.stepOn"),
        icon: SkipForward,
        keys: ["n"],
        run: () => now.current.step(1),
      },
    ],
    [t],
  );
  useCommands(commands);
}
