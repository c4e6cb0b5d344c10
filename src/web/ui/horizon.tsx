import { classNames } from "./class-names.ts";
import { useChanged } from "./use-changed.ts";

/** Who speaks on our side: a person (solid), automatic answers (dashed), nobody now (dotted, hollow). */
export type HorizonMode = "person" | "bot" | "away";
export type HorizonTurn = "left" | "right" | null;

export interface HorizonProps {
  left: string;
  /** The viewer's own side, everywhere. */
  right: string;
  mode: HorizonMode;
  turn: HorizonTurn;
  /** The same fact as a sentence; left out only where that sentence stands beside the line. */
  label?: string;
}

const dashes: Record<HorizonMode, string | undefined> = { person: undefined, bot: "7 5", away: "2 3" };

/** The line that says who speaks and whose turn it is, with both names at the same height. */
export function Horizon({ left, right, mode, turn, label }: HorizonProps) {
  const said = label ? ({ role: "img", "aria-label": label } as const) : ({ "aria-hidden": true } as const);
  return (
    <div className="flex items-end gap-2 text-small font-strong leading-none" {...said}>
      <span className="max-w-[40%] truncate leading-tight">{left}</span>
      <HorizonLine mode={mode} turn={turn} />
      <span className="max-w-[40%] truncate leading-tight">{right}</span>
    </div>
  );
}

/** The small line of list rows, 44 px wide; the words stand in the row. */
export function MiniHorizon({ mode, turn }: Pick<HorizonProps, "mode" | "turn">) {
  return (
    <svg viewBox="0 0 44 10" width="44" height="10" aria-hidden="true" className="shrink-0 overflow-visible">
      <line
        x1="0"
        x2="44"
        y1="9"
        y2="9"
        strokeDasharray={mode === "bot" ? "6 4" : dashes[mode]}
        className={lineInk(mode)}
      />
      <HalfCircle x={3} radius={7} base={8} look={turn === "left" ? "beacon" : "accent"} />
      <HalfCircle x={27} radius={7} base={8} look={rightLook(mode, turn)} />
    </svg>
  );
}

function HorizonLine({ mode, turn }: Pick<HorizonProps, "mode" | "turn">) {
  const modeChanged = useChanged(mode);
  const turnChanged = useChanged(turn);
  return (
    <svg height="12" aria-hidden="true" className="min-w-12 flex-1 overflow-visible">
      <g key={mode} className={classNames(modeChanged && "animate-draw")}>
        <line x1="0" x2="100%" y1="11" y2="11" strokeDasharray={dashes[mode]} className={lineInk(mode)} />
      </g>
      <HalfCircle
        x={6}
        radius={9}
        base={10}
        look={turn === "left" ? "beacon" : "accent"}
        rises={turnChanged}
      />
      <svg x="100%" width="1" height="12" overflow="visible" aria-hidden="true">
        <HalfCircle x={-24} radius={9} base={10} look={rightLook(mode, turn)} rises={turnChanged} />
      </svg>
    </svg>
  );
}

type Look = "accent" | "ink" | "beacon" | "hollow";

function rightLook(mode: HorizonMode, turn: HorizonTurn): Look {
  if (turn === "right") return "beacon";
  return mode === "away" ? "hollow" : "ink";
}

function lineInk(mode: HorizonMode): string {
  return classNames("stroke-2", mode === "person" ? "stroke-ink" : "stroke-ink-2");
}

const looks: Record<Look, string> = {
  accent: "fill-accent stroke-accent-edge",
  ink: "fill-ink stroke-ink",
  beacon: "fill-beacon stroke-beacon-edge",
  hollow: "fill-transparent stroke-ink-3",
};

interface HalfCircleProps {
  x: number;
  radius: number;
  base: number;
  look: Look;
  rises?: boolean;
}

function HalfCircle({ x, radius, base, look, rises = false }: HalfCircleProps) {
  const shape = `M${x} ${base}a${radius} ${radius} 0 0 1 ${2 * radius} 0z`;
  return <path d={shape} strokeWidth="1.5" className={classNames(looks[look], rises && "animate-rise")} />;
}
