/** @jsxImportSource preact */
import bell from "lucide-react/icons/bell";
import circleCheck from "lucide-react/icons/circle-check";
import mapPin from "lucide-react/icons/map-pin";
import octagonAlert from "lucide-react/icons/octagon-alert";
import triangleAlert from "lucide-react/icons/triangle-alert";
import truck from "lucide-react/icons/truck";
import { h } from "preact";
import type { IconNode } from "../widget/chat/lucide-node.ts";

const DRAWINGS = { bell, circleCheck, mapPin, octagonAlert, triangleAlert, truck } as unknown as Record<
  IconName,
  IconNode
>;

type IconName = "bell" | "circleCheck" | "mapPin" | "octagonAlert" | "triangleAlert" | "truck";

/** The lines of a drawing, for a picture of its own. */
export function Lines({ name }: { name: IconName }) {
  return <>{DRAWINGS[name].map(([tag, { key, ...attributes }]) => h(tag, { key, ...attributes }))}</>;
}

/** A lucide drawing; always beside words, hence hidden from screen readers. */
export function Icon({ name, size = 20 }: { name: IconName; size?: 20 | 32 }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <Lines name={name} />
    </svg>
  );
}
