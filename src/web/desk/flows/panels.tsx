import { useState } from "react";
import type { Flow, FlowBeat, FlowCheck } from "../../../skills/service/api.ts";
import { Card } from "../../ui/card.tsx";
import { classNames } from "../../ui/class-names.ts";
import { useText } from "../text/use-text.ts";
import { Drawing } from "./drawing.tsx";
import { SamplesPanel } from "./samples-panel.tsx";
import { Simulator } from "./simulator.tsx";
import type { useFlowSaving } from "./use-flow-saving.ts";
import { VersionsPanel } from "./versions-panel.tsx";

const panels = ["drawing", "samples", "versions"] as const;
type Panel = (typeof panels)[number];

interface PanelsProps {
  flow: Flow | null;
  text: string;
  check: FlowCheck | undefined;
  doings: ReturnType<typeof useFlowSaving>;
  onLine(line: number): void;
  onDraft(text: string): void;
}

/** The drawing with the trial below it, so that the path lights up while one types; examples; versions. */
export function Panels({ flow, text, check, doings, onLine, onDraft }: PanelsProps) {
  const { t } = useText();
  const [open, setOpen] = useState<Panel>("drawing");
  const [beats, setBeats] = useState<readonly FlowBeat[]>([]);
  return (
    <div className="grid min-w-0 gap-3">
      <div role="tablist" aria-label={t("flow.panels")} className="flex flex-wrap gap-1">
        {panels.map((panel) => (
          <button
            key={panel}
            type="button"
            role="tab"
            id={`tab-${panel}`}
            aria-controls="flow-panel"
            aria-selected={open === panel}
            onClick={() => setOpen(panel)}
            className={classNames(
              "min-h-(--ah-control) rounded-2 px-3 text-desk font-medium text-ink-2 hover:bg-sunken",
              "aria-selected:bg-accent-soft aria-selected:text-accent-text",
            )}
          >
            {t(`flow.${panel}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="flow-panel" aria-labelledby={`tab-${open}`} className="grid min-w-0 gap-5">
        {open === "drawing" && (
          <>
            <Drawing check={check} beats={beats} onLine={onLine} />
            <Card title={t("flow.play")}>
              <Simulator text={text} onBeats={setBeats} />
            </Card>
          </>
        )}
        {open === "samples" && <SamplesPanel check={check} onLine={onLine} />}
        {open === "versions" && <VersionsPanel flow={flow} doings={doings} onDraft={onDraft} />}
      </div>
    </div>
  );
}
