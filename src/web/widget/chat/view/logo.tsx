/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";

const SVG = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set(
  "svg g path circle ellipse rect line polyline polygon defs lineargradient radialgradient stop clippath mask symbol use text tspan".split(
    " ",
  ),
);
const ATTRIBUTES = new Set(
  `viewbox d cx cy r rx ry fx fy x y x1 y1 x2 y2 dx dy width height points transform preserveaspectratio fill fill-rule
  fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset
  stroke-opacity opacity offset stop-color stop-opacity clip-path clip-rule clippathunits mask maskunits maskcontentunits
  color id href gradientunits gradienttransform spreadmethod font-size font-family font-weight text-anchor`.split(
    /\s+/,
  ),
);
const MOST_ELEMENTS = 400;

/** Only drawing, no reference outside, no script, no style attribute (which the site's policy would refuse). */
function cleaned(source: Element, budget: { left: number }): SVGElement | null {
  budget.left -= 1;
  if (budget.left < 0 || source.namespaceURI !== SVG || !ELEMENTS.has(source.localName.toLowerCase()))
    return null;
  const copy = document.createElementNS(SVG, source.localName);
  for (const { name, value } of source.attributes) {
    const leaves = name === "href" ? !value.startsWith("#") : /url\(\s*["']?(?!#)/i.test(value);
    if (ATTRIBUTES.has(name.toLowerCase()) && !leaves) copy.setAttribute(name, value);
  }
  for (const child of source.childNodes) {
    const isText = child.nodeType === Node.TEXT_NODE;
    const kept = child instanceof Element ? cleaned(child, budget) : isText && child.cloneNode();
    if (kept) copy.append(kept);
  }
  return copy;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string },
  ): { createHTML(text: string): string };
}

/** Sites that require trusted types let us parse under a policy of our own; what comes out is cleaned below. */
function parsable(text: string): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  return trustedTypes
    ? trustedTypes.createPolicy("augenhoehe", { createHTML: (svg) => svg }).createHTML(text)
    : text;
}

function parsed(text: string): Element | null {
  try {
    return new DOMParser().parseFromString(parsable(text), "image/svg+xml").documentElement;
  } catch {
    // The site allows no such policy: the initials stand there.
    return null;
  }
}

/** The company's SVG as elements of our own document: the same in every policy, and it takes the dark accent. */
export function logoElement(text: string): SVGElement | null {
  const root = parsed(text);
  const svg = root && cleaned(root, { left: MOST_ELEMENTS });
  svg?.setAttribute("aria-hidden", "true");
  svg?.setAttribute("focusable", "false");
  return svg;
}

function initials(company: string): string {
  const words = company.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("")
    .toLocaleUpperCase();
}

/** The company's mark; without one its initials. Always beside the name, hence not named again. */
export function Logo({ logo, company }: { logo: string | null; company: string }) {
  const place = useRef<HTMLSpanElement>(null);
  // A logo that does not take our colour gets a white plate in the dark.
  const takesColour = !logo || logo.includes("currentColor");
  useEffect(() => {
    const drawn = logo ? logoElement(logo) : null;
    if (drawn) place.current?.replaceChildren(drawn);
  }, [logo]);
  return (
    <span key={logo} ref={place} class={takesColour ? "logo" : "logo plate"} aria-hidden="true">
      <b>{initials(company)}</b>
    </span>
  );
}
