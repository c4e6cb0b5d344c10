import type { FlowCheck } from "../../../skills/service/api.ts";
import { classNames } from "../../ui/class-names.ts";
import { useText } from "../text/use-text.ts";

type Edge = NonNullable<FlowCheck["drawing"]>["edges"][number];

/** A way from step to step, with what decides it. */
export function DrawnEdge({ edge, isLit }: { edge: Edge; isLit: boolean }) {
  const words = useWords(edge);
  const isLater = edge.by === "otherwise" || edge.by === "failed";
  return (
    <g>
      <path
        d={edge.path}
        fill="none"
        className={isLit ? "stroke-accent" : "stroke-line-strong"}
        strokeWidth={isLit ? 2.5 : 1.25}
        strokeDasharray={isLater ? "5 4" : undefined}
        markerEnd={`url(#tip-${isLit ? "lit" : "plain"})`}
      />
      {words !== "" && (
        <text
          x={edge.labelX}
          y={edge.labelY}
          textAnchor="middle"
          className={classNames("stroke-sheet text-rail", isLit ? "fill-accent-text" : "fill-ink-2")}
          strokeWidth={4}
          paintOrder="stroke"
        >
          {words}
        </text>
      )}
    </g>
  );
}

function useWords({ by, label }: Edge): string {
  const { t } = useText();
  if (by === "otherwise") return t("drawing.otherwise");
  if (by === "failed") return t("drawing.failed");
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}
