/** @jsxImportSource preact */
import { type ComponentChild, render } from "preact";
import "@fontsource-variable/familjen-grotesk/wght.css";
import "@fontsource-variable/red-hat-text/wght.css";
import "../ui/tokens.css";
import "./page.css";
import "./parts.css";

/** Shows the page. Its own styles are imported after this module, so that they come after the shared ones. */
export function startPage(page: ComponentChild): void {
  // Another link in the same tab changes only the fragment, which loads nothing by itself.
  window.addEventListener("hashchange", () => window.location.reload());
  const place = document.getElementById("page");
  if (place) render(page, place);
}
