import type { ReactNode } from "react";
import { classNames } from "../../../ui/class-names.ts";

/** Whose words: the customer's left, ours right; the line below says person (solid) or automaton (dashed). */
export type BubbleSide = "customer" | "us" | "bot";

const sides: Record<BubbleSide, string> = {
  customer: "self-start border-b-accent-edge bg-sheet",
  us: "self-end border-b-ink bg-accent-soft",
  bot: "self-end border-b-ink-3 border-b-dashed bg-sheet",
};

interface BubbleProps {
  side: BubbleSide;
  children: ReactNode;
  /** Below and outside: sender, time, tick. */
  below: ReactNode;
  /** Not sent yet: a dotted line promises nothing. */
  isOpen?: boolean;
}

/** Both sides have the same size. Flat bottom: it stands on its line. */
export function Bubble({ side, children, below, isOpen = false }: BubbleProps) {
  return (
    <div
      className={classNames(
        "group flex max-w-[86%] flex-col gap-1 lg:max-w-[540px]",
        side === "customer" ? "self-start" : "self-end",
      )}
    >
      <div
        className={classNames(
          "min-w-0 rounded-t-3 border border-b-2 border-line px-3.5 py-2.5 text-desk wrap-anywhere",
          sides[side],
          side === "bot" && "[border-bottom-style:dashed]",
          isOpen && "[border-bottom-style:dotted]",
        )}
      >
        {children}
      </div>
      <div
        className={classNames(
          "flex flex-wrap items-center gap-x-1.5 px-0.5 text-tiny text-ink-3",
          side !== "customer" && "justify-end",
        )}
      >
        {below}
      </div>
    </div>
  );
}
