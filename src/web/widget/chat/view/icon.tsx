/** @jsxImportSource preact */

import arrowDown from "lucide-react/icons/arrow-down";
import arrowUp from "lucide-react/icons/arrow-up";
import bell from "lucide-react/icons/bell";
import bot from "lucide-react/icons/bot";
import check from "lucide-react/icons/check";
import checkCheck from "lucide-react/icons/check-check";
import chevronRight from "lucide-react/icons/chevron-right";
import clock from "lucide-react/icons/clock";
import ellipsis from "lucide-react/icons/ellipsis";
import file from "lucide-react/icons/file";
import octagonAlert from "lucide-react/icons/octagon-alert";
import paperclip from "lucide-react/icons/paperclip";
import userRound from "lucide-react/icons/user-round";
import x from "lucide-react/icons/x";
import { h } from "preact";
import type { IconNode } from "../lucide-node.ts";

const DRAWINGS = {
  arrowDown,
  arrowUp,
  bell,
  bot,
  check,
  checkCheck,
  chevronRight,
  clock,
  ellipsis,
  file,
  octagonAlert,
  paperclip,
  userRound,
  x,
} as unknown as Record<IconName, IconNode>;

export type IconName =
  | "arrowDown"
  | "arrowUp"
  | "bell"
  | "bot"
  | "check"
  | "checkCheck"
  | "chevronRight"
  | "clock"
  | "ellipsis"
  | "file"
  | "octagonAlert"
  | "paperclip"
  | "userRound"
  | "x";

/** A lucide drawing; always beside a word or inside a named control, hence hidden from screen readers. */
export function Icon({ name, size = 20 }: { name: IconName; size?: 16 | 20 }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[name].map(([tag, { key, ...attributes }]) => h(tag, { key, ...attributes }))}
    </svg>
  );
}
