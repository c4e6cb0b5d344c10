/** @jsxImportSource preact */
import type octagonAlert from "lucide-react/icons/octagon-alert";
import { h } from "preact";
import type { IconNode } from "../widget/chat/lucide-node.ts";

/** As a page imports it: the build gives the bare lines, the types say a React component. */
type Drawing = typeof octagonAlert;

/** The lines of a drawing, for a picture of its own. */
export function Lines({ of }: { of: Drawing }) {
  const lines = of as unknown as IconNode;
  return <>{lines.map(([tag, { key, ...attributes }]) => h(tag, { key, ...attributes }))}</>;
}

/** A lucide drawing; always beside words, hence hidden from screen readers. */
export function Icon({ of, size = 20 }: { of: Drawing; size?: 20 | 32 }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <Lines of={of} />
    </svg>
  );
}
