/** @jsxImportSource preact */
import circleCheck from "lucide-react/icons/circle-check";
import copy from "lucide-react/icons/copy";
import download from "lucide-react/icons/download";
import octagonAlert from "lucide-react/icons/octagon-alert";
import receiptText from "lucide-react/icons/receipt-text";
import { h } from "preact";
import type { IconNode } from "../widget/chat/lucide-node.ts";

type IconName = "circleCheck" | "copy" | "download" | "octagonAlert" | "receiptText";
const DRAWINGS = { circleCheck, copy, download, octagonAlert, receiptText } as unknown as Record<
  IconName,
  IconNode
>;

/** A lucide drawing; always beside words, hence hidden from screen readers. */
export function Icon({ name, size = 20 }: { name: IconName; size?: 20 | 32 }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[name].map(([tag, { key, ...attributes }]) => h(tag, { key, ...attributes }))}
    </svg>
  );
}
