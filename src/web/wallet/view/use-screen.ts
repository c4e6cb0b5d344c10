import { useCallback, useEffect, useState } from "preact/hooks";
import type { Errand } from "../state/address.ts";
import type { Screen } from "./context.ts";

export function screenOf(errand: Errand): Screen {
  switch (errand.kind) {
    case "invitation":
      return { name: "invitation", place: `${errand.tenantId}.${errand.key}` };
    case "request":
      return { name: "request", place: `${errand.tenantId}.${errand.key}` };
    case "offer":
      return { name: "offer", offer: errand.offer };
    case "account":
      return { name: "safety", account: `${errand.tenantId}.${errand.account}` };
    case "unreadable":
      return { name: "unreadable" };
    case "none":
      return { name: "home" };
  }
}

export function useScreen(first: Screen): [Screen, (screen: Screen) => void] {
  const [screen, setScreen] = useState(first);
  useEffect(() => {
    window.history.replaceState(first, "");
    const back = (event: PopStateEvent) => setScreen((event.state as Screen | null) ?? first);
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [first]);
  const go = useCallback((next: Screen) => {
    // The fragment belongs to what came first; the page's own screens stand without one.
    window.history.pushState(next, "", window.location.pathname);
    window.scrollTo(0, 0);
    setScreen(next);
  }, []);
  return [screen, go];
}
