/** @jsxImportSource preact */
import bell from "lucide-react/icons/bell";
import download from "lucide-react/icons/download";
import eraser from "lucide-react/icons/eraser";
import eye from "lucide-react/icons/eye";
import octagonAlert from "lucide-react/icons/octagon-alert";
import { h } from "preact";
import type { IconNode } from "../widget/chat/lucide-node.ts";

const DRAWINGS = { bell, download, eraser, eye, octagonAlert } as unknown as Record<IconName, IconNode>;

type IconName = "bell" | "download" | "eraser" | "eye" | "octagonAlert";

/** A lucide drawing; always beside words, hence hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[name].map(([tag, { key, ...attributes }]) => h(tag, { key, ...attributes }))}
    </svg>
  );
}
