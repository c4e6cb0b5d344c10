/**
 * The colours that follow from a company's accent, derived once on the server (look.md, "White label"). OKLCH after
 * Björn Ottosson, https://bottosson.github.io/posts/oklab/; contrast after WCAG 2.2.
 */

export interface AccentVariables {
  /** CSS custom property -> colour as #rrggbb */
  light: Record<string, string>;
  dark: Record<string, string>;
}

interface Lch {
  l: number;
  c: number;
  /** radians */
  h: number;
}

/** Of src/web/ui/tokens.css: what the accent has to be read on. */
const LIGHT = { ground: "#edf1f1", sheet: "#fcfdfd", ink: "#11252c" };
const DARK = { ground: "#0b1519", sheet: "#132026", ink: "#e7eff0" };
const WHITE = "#ffffff";
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;
const STEP = 0.02;
/** Darker than by this much it would be another colour: ink and the underline take over. */
const TEXT_SHIFT = 0.25;
const HOVER_SHIFT = 0.06;

const known = new Map<string, AccentVariables>();
const CACHE_ENTRIES = 2_000;

/** @param accent #rrggbb */
export function accentVariables(accent: string): AccentVariables {
  const key = accent.toLowerCase();
  const before = known.get(key);
  if (before) return before;
  const variables = { light: lightVariables(key), dark: darkVariables(key) };
  if (known.size >= CACHE_ENTRIES) known.clear();
  known.set(key, variables);
  return variables;
}

function lightVariables(wanted: string): Record<string, string> {
  const { accent, onAccent } = readable(wanted);
  const colour = toLch(accent);
  const soft = toHex({ l: 0.93, c: Math.min(colour.c, 0.03), h: colour.h });
  return variables({
    accent,
    hover: hoverOf(accent, onAccent),
    onAccent,
    soft,
    text: textOn(accent, [LIGHT.ground, LIGHT.sheet, soft], { ink: LIGHT.ink, step: -STEP }),
    edge: contrast(accent, LIGHT.sheet) >= SHAPE_CONTRAST ? accent : LIGHT.ink,
  });
}

function darkVariables(wanted: string): Record<string, string> {
  const colour = toLch(wanted);
  const accent = toHex({ l: 0.8, c: Math.min(colour.c, 0.11), h: colour.h });
  const soft = toHex({ l: 0.28, c: Math.min(colour.c, 0.05), h: colour.h });
  return variables({
    accent,
    hover: toHex({ l: 0.8 + HOVER_SHIFT, c: Math.min(colour.c, 0.08), h: colour.h }),
    onAccent: toHex({ l: 0.2, c: Math.min(colour.c, 0.05), h: colour.h }),
    soft,
    text: textOn(accent, [DARK.ground, DARK.sheet, soft], { ink: DARK.ink, step: STEP }),
    edge: contrast(accent, DARK.sheet) >= SHAPE_CONTRAST ? accent : DARK.ink,
  });
}

function variables(
  colours: Record<"accent" | "hover" | "onAccent" | "soft" | "text" | "edge", string>,
): Record<string, string> {
  return {
    "--ah-accent": colours.accent,
    "--ah-accent-hover": colours.hover,
    "--ah-on-accent": colours.onAccent,
    "--ah-accent-soft": colours.soft,
    "--ah-accent-text": colours.text,
    "--ah-accent-edge": colours.edge,
  };
}

/** Rule 1: white on it, else ink on it, else the accent moves until one of them fits. */
function readable(wanted: string): { accent: string; onAccent: string } {
  const colour = toLch(wanted);
  for (let shift = 0; shift <= 1; shift += STEP) {
    for (const sign of shift === 0 ? [1] : [-1, 1]) {
      const accent = shift === 0 ? wanted : toHex({ ...colour, l: clamp(colour.l + sign * shift) });
      if (contrast(WHITE, accent) >= TEXT_CONTRAST) return { accent, onAccent: WHITE };
      if (contrast(LIGHT.ink, accent) >= TEXT_CONTRAST) return { accent, onAccent: LIGHT.ink };
    }
  }
  return { accent: LIGHT.ink, onAccent: WHITE };
}

/** Darker by default; where the text on it is dark, lighter. Away from the text, so that it stays readable. */
function hoverOf(accent: string, onAccent: string): string {
  const colour = toLch(accent);
  return toHex({ ...colour, l: clamp(colour.l + (onAccent === WHITE ? -HOVER_SHIFT : HOVER_SHIFT)) });
}

/** Rule 2: readable on every surface, or moved a little, or ink. */
function textOn(accent: string, surfaces: readonly string[], way: { ink: string; step: number }): string {
  const colour = toLch(accent);
  for (let shift = 0; Math.abs(shift) <= TEXT_SHIFT; shift += way.step) {
    const text = shift === 0 ? accent : toHex({ ...colour, l: clamp(colour.l + shift) });
    if (surfaces.every((surface) => contrast(text, surface) >= TEXT_CONTRAST)) return text;
  }
  return way.ink;
}

/** WCAG 2.2 contrast ratio of two #rrggbb colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = channels(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Linear light of red, green and blue, 0 to 1. */
function channels(hex: string): [number, number, number] {
  const linear = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [linear(1), linear(3), linear(5)];
}

function toLch(hex: string): Lch {
  const [r, g, b] = channels(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const labA = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const labB = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(labA, labB),
    h: Math.atan2(labB, labA),
  };
}

/** The colour, or the most colourful one of its lightness and hue that sRGB can show. */
function toHex(colour: Lch): string {
  for (let c = colour.c; c > 0; c -= 0.005) {
    const rgb = toLinear({ ...colour, c });
    if (rgb.every((value) => value >= -0.0005 && value <= 1.0005)) return hexOf(rgb);
  }
  return hexOf(toLinear({ ...colour, c: 0 }));
}

function toLinear({ l, c, h }: Lch): [number, number, number] {
  const labA = c * Math.cos(h);
  const labB = c * Math.sin(h);
  const long = (l + 0.3963377774 * labA + 0.2158037573 * labB) ** 3;
  const middle = (l - 0.1055613458 * labA - 0.0638541728 * labB) ** 3;
  const short = (l - 0.0894841775 * labA - 1.291485548 * labB) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

function hexOf(rgb: readonly number[]): string {
  const byte = (value: number) => {
    const v = clamp(value);
    const encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${rgb.map(byte).join("")}`;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
