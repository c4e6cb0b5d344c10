/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Line, pathOf } from "../state/signature-path.ts";
import { useCourier } from "./context.ts";

/** The field of the contract, in its own units. */
const WIDTH = 300;
const HEIGHT = 120;
/** Nearer points say nothing more. */
const STEP = 2;
/** Written with a finger; it becomes a path that every page can draw again. */
export function Signature({ onPath }: { onPath(path: string): void }) {
  const { words } = useCourier();
  const [lines, setLines] = useState<readonly Line[]>([]);
  const field = useRef<SVGSVGElement>(null);
  const isDown = useRef(false);
  useEffect(() => onPath(pathOf(lines)), [lines, onPath]);
  const pointOf = (event: PointerEvent): readonly [number, number] => {
    const box = field.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    const scaled = (at: number, from: number, size: number, full: number) =>
      Math.round(Math.min(full, Math.max(0, ((at - from) / size) * full)) * 10) / 10;
    return [
      scaled(event.clientX, box.left, box.width, WIDTH),
      scaled(event.clientY, box.top, box.height, HEIGHT),
    ];
  };
  return (
    <fieldset class="sign">
      <legend>{words.hand.sign}</legend>
      <svg
        ref={field}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={words.hand.signHelp}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          isDown.current = true;
          const point = pointOf(event);
          setLines((before) => [...before, [point]]);
        }}
        onPointerMove={(event) => {
          if (!isDown.current) return;
          const point = pointOf(event);
          setLines((before) => withPoint(before, point));
        }}
        onPointerUp={() => {
          isDown.current = false;
        }}
        onPointerCancel={() => {
          isDown.current = false;
        }}
      >
        <path class="base" d={`M12 ${HEIGHT - 24}H${WIDTH - 12}`} />
        <path class="ink" d={pathOf(lines)} />
      </svg>
      <div class="sign-foot">
        <span class="quiet small">{words.hand.signHelp}</span>
        <button type="button" class="text-button" onClick={() => setLines([])}>
          {words.hand.clear}
        </button>
      </div>
    </fieldset>
  );
}

function withPoint(lines: readonly Line[], point: readonly [number, number]): readonly Line[] {
  const line = lines.at(-1) ?? [];
  const last = line.at(-1);
  if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < STEP) return lines;
  return [...lines.slice(0, -1), [...line, point]];
}
