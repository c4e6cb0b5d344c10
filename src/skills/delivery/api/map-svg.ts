import type { DrawnShape, MapDrawing } from "./map.ts";

/** A drawing as one SVG text: for a page that gets it whole, for a mail or a printed list. */

/** `page`: the colours of the page it stands in, light or dark; the others carry their own. */
export type MapTheme = "page" | "light" | "dark";

interface Colours {
  readonly land: string;
  readonly water: string;
  readonly road: string;
  readonly park: string;
  readonly edge: string;
  readonly ink: string;
  readonly sheet: string;
  readonly beacon: string;
  readonly onBeacon: string;
  readonly bad: string;
  readonly ok: string;
  readonly data: readonly string[];
}

const token = (name: string): string => `var(--ah-${name})`;

/** The values of web/ui/tokens.css, for pictures that stand in no page. */
const COLOURS: Readonly<Record<MapTheme, Colours>> = {
  page: {
    land: token("map-land"),
    water: token("map-water"),
    road: token("map-road"),
    park: token("map-park"),
    edge: token("map-edge"),
    ink: token("ink"),
    sheet: token("sheet"),
    beacon: token("beacon"),
    onBeacon: token("on-beacon"),
    bad: token("bad"),
    ok: token("ok"),
    data: [1, 2, 3, 4, 5].map((n) => token(`d${n}`)),
  },
  light: {
    land: "#e8edea",
    water: "#bfd5dc",
    road: "#ffffff",
    park: "#d5e3d3",
    edge: "#9db9c2",
    ink: "#11252c",
    sheet: "#fcfdfd",
    beacon: "#f2b705",
    onBeacon: "#11252c",
    bad: "#8f0d33",
    ok: "#00705f",
    data: ["#0b5a6e", "#3796a8", "#bd7714", "#85878a", "#6b2f5e"],
  },
  dark: {
    land: "#15242a",
    water: "#0c323d",
    road: "#2a3c44",
    park: "#172d28",
    edge: "#2c5a67",
    ink: "#e7eff0",
    sheet: "#132026",
    beacon: "#ffca3a",
    onBeacon: "#11252c",
    bad: "#ff7d86",
    ok: "#86e3cd",
    data: ["#8bd8e6", "#3d8a9c", "#e6a94f", "#8b8d90", "#c77fb2"],
  },
};

const RADIUS = 11;

/**
 * @param title what the picture shows, for those who do not see it
 * @param attribution whose data the map is; "" for the owner's own
 */
export function mapSvg(
  drawing: MapDrawing,
  { theme, title, attribution }: { theme: MapTheme; title: string; attribution: string },
): string {
  const colours = COLOURS[theme];
  const { width, height } = drawing;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="Red Hat Text Variable, Red Hat Text, system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.land}"/>`,
    ...drawing.shapes.map((shape) => shapeSvg(shape, colours)),
    ...drawing.names.map(
      ({ text, x, y }) =>
        `<text x="${x}" y="${y}" font-size="12" text-anchor="middle" fill="${colours.ink}" fill-opacity="0.7" stroke="${colours.land}" stroke-width="3" paint-order="stroke">${escaped(text)}</text>`,
    ),
    ...drawing.routes.map(
      ({ d, colour, isDimmed }) =>
        `<path d="${d}" fill="none" stroke="${colours.data[colour]}" stroke-width="${isDimmed ? 2 : 3.5}" stroke-opacity="${isDimmed ? 0.35 : 0.9}" stroke-linejoin="round" stroke-linecap="round"/>`,
    ),
    ...drawing.stops.map((stop) => stopSvg(stop, colours)),
  ];
  if (attribution !== "")
    parts.push(
      `<text x="${width - 6}" y="${height - 6}" font-size="10" text-anchor="end" fill="${colours.ink}" stroke="${colours.land}" stroke-width="3" paint-order="stroke">${escaped(attribution)}</text>`,
    );
  return `${parts.join("")}</svg>`;
}

function shapeSvg({ kind, d, isArea }: DrawnShape, colours: Colours): string {
  if (kind === "street")
    return `<path d="${d}" fill="none" stroke="${colours.road}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`;
  if (kind === "district")
    return `<path d="${d}" fill="none" stroke="${colours.edge}" stroke-width="1" stroke-dasharray="4 3"/>`;
  const colour = kind === "water" ? colours.water : colours.park;
  return isArea
    ? `<path d="${d}" fill="${colour}" fill-rule="evenodd"/>`
    : `<path d="${d}" fill="none" stroke="${colour}" stroke-width="3" stroke-linecap="round"/>`;
}

/** State is said by shape and by colour: a square is a depot, a ring is done, an edge of its own is at risk. */
function stopSvg(stop: MapDrawing["stops"][number], colours: Colours): string {
  const { x, y, state } = stop;
  const sign = escaped([...stop.sign].slice(0, 3).join(""));
  const isDone = state === "done";
  const fill = isDone
    ? colours.sheet
    : state === "next" || state === "courier"
      ? colours.beacon
      : colours.ink;
  const ink = isDone
    ? colours.ok
    : state === "next" || state === "courier"
      ? colours.onBeacon
      : colours.sheet;
  const edge = state === "risk" ? colours.bad : isDone ? colours.ok : colours.sheet;
  const line = state === "risk" ? 4 : 2;
  const form =
    state === "depot"
      ? `<rect x="${round(x - RADIUS)}" y="${round(y - RADIUS)}" width="${2 * RADIUS}" height="${2 * RADIUS}" rx="3" fill="${fill}" stroke="${edge}" stroke-width="${line}"/>`
      : `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${fill}" stroke="${edge}" stroke-width="${line}"/>`;
  const text = `<text x="${x}" y="${round(y + 4)}" font-size="${sign.length > 2 ? 9 : 11}" font-weight="600" text-anchor="middle" fill="${ink}">${sign}</text>`;
  return `<g data-stop="${escaped(stop.id)}" data-state="${state}"><title>${escaped(stop.label)}</title>${form}${text}</g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Names come from files and customers; also without signs that XML forbids. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\ufffe\uffff]/gu, "").replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}
