import { Check, History, Info, type LucideIcon, Minus, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** State = shape + word + colour. `turn` is the beacon: your turn, and nothing else. */
export type TagKind = "turn" | "ok" | "warn" | "bad" | "info" | "past" | "off" | "plain";

const colours: Record<TagKind, string> = {
  turn: "bg-beacon text-on-beacon outline outline-[1.5px] -outline-offset-[1.5px] outline-beacon-edge",
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  past: "bg-sunken text-ink-2",
  off: "bg-sunken text-ink-2",
  plain: "bg-sunken text-ink-2",
};

export const stateIcons: Record<TagKind, LucideIcon | null> = {
  turn: null,
  ok: Check,
  warn: TriangleAlert,
  bad: OctagonAlert,
  info: Info,
  past: History,
  off: Minus,
  plain: null,
};

export function Tag({
  kind,
  children,
  className,
}: {
  kind: TagKind;
  children: ReactNode;
  className?: string;
}) {
  const Icon = stateIcons[kind];
  return (
    <span
      className={classNames(
        "inline-flex h-[22px] max-w-full items-center gap-1 rounded-1 px-1.5 text-tiny font-strong whitespace-nowrap",
        colours[kind],
        className,
      )}
    >
      {Icon && <Icon size={14} strokeWidth={2} aria-hidden="true" className="shrink-0" />}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A state in a sentence: icon and words in the state's colour, without a box. */
export function StateLine({ kind, children }: { kind: TagKind; children: ReactNode }) {
  const Icon = stateIcons[kind];
  const ink: Partial<Record<TagKind, string>> = {
    ok: "text-ok",
    warn: "text-warn",
    bad: "text-bad",
    info: "text-info",
  };
  return (
    <span className={classNames("inline-flex items-start gap-1.5 font-strong", ink[kind] ?? "text-ink-2")}>
      {Icon && <Icon size={18} strokeWidth={1.75} aria-hidden="true" className="mt-px shrink-0" />}
      <span>{children}</span>
    </span>
  );
}
