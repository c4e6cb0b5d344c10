import type { FlowBeat, FlowCheck } from "../../../skills/service/api.ts";
import { classNames } from "../../ui/class-names.ts";
import { useText } from "../text/use-text.ts";
import { DrawnEdge } from "./drawn-edge.tsx";
import { StepList } from "./step-list.tsx";

/** Scaled down to fit, but not beyond what can be read; then it scrolls. */
const SMALLEST = 0.85;

interface DrawingProps {
  check: FlowCheck | undefined;
  /** What was played; its path is lit. */
  beats: readonly FlowBeat[];
  onLine(line: number): void;
}

/** The flow as it stands in the text: a drawing where there is room, a list on a phone and for what is too large. */
export function Drawing({ check, beats, onLine }: DrawingProps) {
  const { t } = useText();
  if (!check || check.steps.length === 0) return <p className="text-ink-2">{t("drawing.none")}</p>;
  const walk = walkOf(beats);
  const { drawing } = check;
  return (
    <>
      {!drawing && <p className="text-ink-2">{t("drawing.tooLarge")}</p>}
      {drawing && (
        <div className="hidden max-h-[56vh] overflow-auto rounded-2 border border-line bg-sheet sm:block">
          <svg
            role="img"
            aria-label={t("drawing.label", { count: check.steps.length })}
            style={{ width: "100%", maxWidth: drawing.width, minWidth: drawing.width * SMALLEST }}
            viewBox={`0 0 ${drawing.width} ${drawing.height}`}
            className="mx-auto block"
          >
            <defs>
              {(["plain", "lit"] as const).map((kind) => (
                <marker
                  key={kind}
                  id={`tip-${kind}`}
                  viewBox="0 0 8 8"
                  refX="7"
                  refY="4"
                  markerWidth="9"
                  markerHeight="9"
                  markerUnits="userSpaceOnUse"
                  orient="auto"
                >
                  <path d="M0 0L8 4L0 8z" className={kind === "lit" ? "fill-accent" : "fill-line-strong"} />
                </marker>
              ))}
            </defs>
            {drawing.edges.map((edge) => (
              <DrawnEdge
                key={`${edge.from} ${edge.to} ${edge.by} ${edge.label} ${edge.path}`}
                edge={edge}
                isLit={walk.ways.has(`${edge.from} ${edge.to}`)}
              />
            ))}
            {drawing.nodes.map((node) => (
              <Node
                key={node.step}
                node={node}
                size={{ width: check.nodeWidth, height: check.nodeHeight }}
                isLit={walk.steps.has(node.step)}
                isHere={walk.here === node.step}
                onShow={() => onLine(check.steps.find(({ name }) => name === node.step)?.line ?? 1)}
              />
            ))}
          </svg>
        </div>
      )}
      <StepList check={check} walk={walk} isAlways={!drawing} onLine={onLine} />
    </>
  );
}

export interface Walk {
  readonly steps: ReadonlySet<string>;
  /** "from to" */
  readonly ways: ReadonlySet<string>;
  readonly here: string | null;
}

/** Where a played conversation went. */
function walkOf(beats: readonly FlowBeat[]): Walk {
  const ends: Partial<Record<FlowBeat["standing"], string>> = { done: "end", person: "person" };
  const last = beats.at(-1);
  const end = last && ends[last.standing];
  const path = [...beats.flatMap((beat) => beat.path.map(({ step }) => step)), ...(end ? [end] : [])];
  const steps = path.filter((step, n) => step !== path[n - 1]);
  return {
    steps: new Set(steps),
    ways: new Set(steps.slice(1).map((to, n) => `${steps[n]} ${to}`)),
    here: last?.at?.step ?? end ?? null,
  };
}

interface NodeProps {
  node: NonNullable<FlowCheck["drawing"]>["nodes"][number];
  size: { width: number; height: number };
  isLit: boolean;
  isHere: boolean;
  onShow(): void;
}

/** A mouse may jump to the text here; by keyboard the list of faults and the text itself do. */
function Node({ node, size, isLit, isHere, onShow }: NodeProps) {
  const { t } = useText();
  const { step, kinds, x, y } = node;
  const isEnd = step === "end" || step === "person";
  const name = step === "end" ? t("drawing.done") : step === "person" ? t("drawing.person") : step;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the drawing is one picture
    <g
      transform={`translate(${x} ${y})`}
      onClick={isEnd ? undefined : onShow}
      className={isEnd ? "" : "cursor-pointer"}
    >
      <rect
        width={size.width}
        height={size.height}
        rx={isEnd ? size.height / 2 : 6}
        className={classNames(
          isHere
            ? "fill-beacon stroke-beacon-edge"
            : isLit
              ? "fill-accent-soft stroke-accent-edge"
              : "fill-ground stroke-line-strong",
        )}
        strokeWidth={isHere || isLit ? 2 : 1}
      />
      <text
        x={size.width / 2}
        y={kinds.length > 0 ? 22 : size.height / 2 + 5}
        textAnchor="middle"
        className={classNames("text-small font-strong", isHere ? "fill-on-beacon" : "fill-ink")}
      >
        {cut(name, 17)}
      </text>
      {kinds.length > 0 && (
        <text
          x={size.width / 2}
          y={40}
          textAnchor="middle"
          className={classNames("text-rail", isHere ? "fill-on-beacon" : "fill-ink-2")}
        >
          {cut(kinds.join(" · "), 22)}
        </text>
      )}
    </g>
  );
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
