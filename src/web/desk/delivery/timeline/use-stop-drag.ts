import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { type Span, shareOf } from "../evening/rounds.ts";

/** A stop that a mouse or pen holds over a round. */
export interface Held {
  readonly deliveryId: number;
  readonly shiftId: number | null;
  /** ms of the axis */
  readonly at: number;
}

interface DragOptions {
  span: Span;
  /** Without it stops can only be picked. */
  onDrop?: (held: Held & { shiftId: number }) => void;
  onPick(deliveryId: number): void;
}

/** A hand that trembles still clicks, px. */
const STILL = 6;

interface Begun {
  deliveryId: number;
  x: number;
  y: number;
  mayDrag: boolean;
  isDragging: boolean;
}

/**
 * Stops are elements with `data-stop`, rounds have `data-round` and in them the axis `data-track`. A finger scrolls, so it
 * only picks; whatever is dragged can be done by the fields of "what if" too.
 */
export function useStopDrag({ span, onDrop, onPick }: DragOptions) {
  const [held, setHeld] = useState<Held | null>(null);
  const begun = useRef<Begun | null>(null);
  const options = useRef({ span, onDrop, onPick });
  options.current = { span, onDrop, onPick };
  useEffect(() => {
    const move = (event: PointerEvent) => {
      const drag = begun.current;
      if (!drag) return;
      const isFar = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > STILL;
      if (isFar && !drag.mayDrag) begun.current = null;
      if (!drag.mayDrag || !(isFar || drag.isDragging)) return;
      drag.isDragging = true;
      setHeld(heldAt(drag.deliveryId, event, options.current.span));
    };
    const end = () => {
      begun.current = null;
      setHeld(null);
    };
    const up = (event: PointerEvent) => {
      const drag = begun.current;
      end();
      if (!drag) return;
      if (!drag.isDragging) return options.current.onPick(drag.deliveryId);
      const { shiftId, ...rest } = heldAt(drag.deliveryId, event, options.current.span);
      if (shiftId !== null) options.current.onDrop?.({ ...rest, shiftId });
    };
    const key = (event: KeyboardEvent) => event.key === "Escape" && end();
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", end);
    addEventListener("keydown", key);
    return () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", key);
    };
  }, []);
  const onPointerDown = useCallback((event: ReactPointerEvent) => {
    const stop = event.target instanceof Element ? event.target.closest("[data-stop]") : null;
    if (!stop || event.button !== 0) return;
    const mayDrag = event.pointerType !== "touch" && options.current.onDrop !== undefined && isOpen(stop);
    // Otherwise the browser begins to mark text.
    if (mayDrag) event.preventDefault();
    begun.current = {
      deliveryId: Number(stop.getAttribute("data-stop")),
      x: event.clientX,
      y: event.clientY,
      mayDrag,
      isDragging: false,
    };
  }, []);
  return { held, onPointerDown };
}

const isOpen = (stop: Element): boolean => stop.getAttribute("data-ended") === null;

function heldAt(deliveryId: number, { clientX, clientY }: PointerEvent, span: Span): Held {
  const round = document.elementFromPoint(clientX, clientY)?.closest("[data-round]");
  const box = round?.querySelector("[data-track]")?.getBoundingClientRect();
  if (!round || !box) return { deliveryId, shiftId: null, at: span.from };
  const share = shareOf(clientX, { from: box.left, until: box.right });
  return {
    deliveryId,
    shiftId: Number(round.getAttribute("data-round")),
    at: span.from + share * (span.until - span.from),
  };
}
