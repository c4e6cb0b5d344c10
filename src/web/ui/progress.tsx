import { Check, Circle, LoaderCircle, OctagonAlert } from "lucide-react";

/** A line that fills, with the beacon at "now". `share` is 0 to 1; null = its end is not known. */
export function ProgressLine({ share, label }: { share: number | null; label: string }) {
  const percent = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="pt-3"
    >
      {share === null ? (
        <div className="busy-line h-0.5 bg-line text-accent-text" />
      ) : (
        <svg width="100%" height="14" aria-hidden="true" className="overflow-visible">
          <line x1="0" x2="100%" y1="12" y2="12" className="stroke-line-strong" strokeWidth="1.5" />
          <line x1="0" x2={`${percent}%`} y1="12" y2="12" className="stroke-accent-edge" strokeWidth="3" />
          <svg x={`${percent}%`} width="1" height="14" overflow="visible" aria-hidden="true">
            <path
              d="M-11 12a11 11 0 0 1 22 0z"
              className="fill-beacon stroke-beacon-edge"
              strokeWidth="1.5"
            />
          </svg>
        </svg>
      )}
    </div>
  );
}

export interface Step {
  name: string;
  state: "done" | "now" | "ahead" | "failed";
  detail?: string;
}

const signs = { done: Check, now: LoaderCircle, ahead: Circle, failed: OctagonAlert } as const;

/** Named steps of a long job. `words` say the state to readers by ear. */
export function Steps({ steps, words }: { steps: readonly Step[]; words: Record<Step["state"], string> }) {
  return (
    <ol className="divide-y divide-line rounded-2 border border-line bg-sheet">
      {steps.map((step) => {
        const Sign = signs[step.state];
        return (
          <li key={step.name} className="flex items-center gap-2.5 px-4 py-3">
            <Sign
              size={18}
              strokeWidth={1.75}
              aria-hidden="true"
              className={step.state === "failed" ? "text-bad" : "text-accent-text"}
            />
            <span className={step.state === "now" ? "font-strong" : undefined}>{step.name}</span>
            <span className="ear-only">{words[step.state]}</span>
            <span className="ml-auto text-right text-small text-ink-2">{step.detail}</span>
          </li>
        );
      })}
    </ol>
  );
}
