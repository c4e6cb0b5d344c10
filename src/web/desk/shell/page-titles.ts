import { useEffect } from "react";

/** Names the page in the browser's tab; what waits for us stands first, so that it is seen in a row of tabs. */
export function usePageTitle(name: string, waiting = 0): void {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${name} · Augenhöhe`;
  }, [name, waiting]);
}
