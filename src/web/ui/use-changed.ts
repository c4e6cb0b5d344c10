import { useEffect, useRef, useState } from "react";

/** True from the first change of `value` on: what was there when the page opened does not move. */
export function useChanged(value: unknown): boolean {
  const first = useRef(value);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (!Object.is(first.current, value)) setChanged(true);
  }, [value]);
  return changed;
}
