import { type RefObject, useEffect } from "react";

/** A file may also be dropped here; the button beside the field does the same without dragging. */
export function useFileDrop(place: RefObject<HTMLElement | null>, take: (file: File) => void): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    };
    element.addEventListener("dragover", over);
    element.addEventListener("drop", drop);
    return () => {
      element.removeEventListener("dragover", over);
      element.removeEventListener("drop", drop);
    };
  });
}
