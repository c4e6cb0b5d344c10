import headUrl from "@fontsource-variable/familjen-grotesk/files/familjen-grotesk-latin-wght-normal.woff2?url";
import textUrl from "@fontsource-variable/red-hat-text/files/red-hat-text-latin-wght-normal.woff2?url";

/**
 * Loads a font by fetch, so that the site's policy needs `connect-src` for the node and no `font-src`. Without the
 * font the system's stands there; a chat is no reason to report that.
 */
async function loadFont(family: string, url: string, weight: string): Promise<void> {
  try {
    const response = await fetch(url, { credentials: "omit" });
    if (!response.ok) return;
    const face = new FontFace(family, await response.arrayBuffer(), { weight, display: "swap" });
    document.fonts.add(await face.load());
  } catch {
    // The system's font stays.
  }
}

/** The text font first, the heading font when that is there. */
export async function loadFonts(): Promise<void> {
  await loadFont("Red Hat Text Variable", textUrl, "300 700");
  await loadFont("Familjen Grotesk Variable", headUrl, "400 700");
}
