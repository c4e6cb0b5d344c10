/// <reference types="pdfkit" />

/**
 * Draws a company's logo, an SVG that the kernel has sanitised: shapes with their colours, groups and moves. Gradients,
 * masks and letters are left out; a logo that lives of them is shown by the company's name instead.
 */

interface Style {
  fill: string;
  stroke: string;
  strokeWidth: number;
}

const TAG = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const COLOUR = /^(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,20})$/i;
const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]);
/** Needed to look right, and not drawn here. */
const BEYOND = /<(?:lineargradient|radialgradient|mask|clippath|text|use)\b/i;
const INK = "#1a1a1a";
const MOST_SHAPES = 500;

const number = (text: string | undefined, otherwise = 0): number => {
  const value = Number.parseFloat(text ?? "");
  return Number.isFinite(value) ? value : otherwise;
};

export interface Box {
  x: number;
  y: number;
  /** points */
  width: number;
  height: number;
}

/** @returns false when it cannot be drawn; nothing was drawn then */
export function drawLogo(doc: PDFKit.PDFDocument, svg: string, box: Box): boolean {
  if (BEYOND.test(svg)) return false;
  const tags = [...svg.matchAll(TAG)].map(([, end = "", name = "", attributes = "", empty = ""]) => ({
    isEnd: end === "/",
    isEmpty: empty === "/",
    name: name.toLowerCase(),
    attributes: new Map([...attributes.matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => [key, value])),
  }));
  const root = tags.find(({ name, isEnd }) => name === "svg" && !isEnd);
  const view = viewOf(root?.attributes);
  if (!view || tags.filter(({ name }) => SHAPES.has(name)).length > MOST_SHAPES) return false;
  const scale = Math.min(box.width / view.width, box.height / view.height);
  doc.save();
  doc.translate(box.x, box.y).scale(scale).translate(-view.x, -view.y);
  const styles: Style[] = [{ fill: INK, stroke: "none", strokeWidth: 1 }];
  for (const { name, isEnd, isEmpty, attributes } of tags) {
    if (name !== "g" && name !== "svg" && !SHAPES.has(name)) continue;
    if (isEnd) {
      if (styles.length > 1) {
        styles.pop();
        doc.restore();
      }
      continue;
    }
    const style = styleOf(attributes, styles.at(-1) as Style);
    doc.save();
    move(doc, attributes.get("transform") ?? "");
    if (SHAPES.has(name)) draw(doc, name, attributes, style);
    if (isEmpty) doc.restore();
    else styles.push(style);
  }
  for (let open = styles.length; open > 1; open -= 1) doc.restore();
  doc.restore();
  return true;
}

function viewOf(attributes: ReadonlyMap<string, string> | undefined): Box | null {
  const [x = 0, y = 0, w = 0, h = 0] = (attributes?.get("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const width = w || number(attributes?.get("width"));
  const height = h || number(attributes?.get("height"));
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function styleOf(attributes: ReadonlyMap<string, string>, above: Style): Style {
  const colour = (key: string, kept: string): string => {
    const value = attributes.get(key);
    if (value === undefined) return kept;
    if (value === "currentColor") return INK;
    return COLOUR.test(value) ? value : INK;
  };
  return {
    fill: colour("fill", above.fill),
    stroke: colour("stroke", above.stroke),
    strokeWidth: number(attributes.get("stroke-width"), above.strokeWidth),
  };
}

function move(doc: PDFKit.PDFDocument, transform: string): void {
  for (const [, kind, values = ""] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if ([a, b, c, d, e, f].some((one) => !Number.isFinite(one))) continue;
    if (kind === "translate") doc.translate(a, b);
    if (kind === "scale") doc.scale(a, b || a);
    if (kind === "rotate") doc.rotate(a, { origin: [b, c] });
    if (kind === "matrix") doc.transform(a, b, c, d, e, f);
  }
}

function draw(
  doc: PDFKit.PDFDocument,
  name: string,
  attributes: ReadonlyMap<string, string>,
  style: Style,
): void {
  const at = (key: string) => number(attributes.get(key));
  if (name === "path") doc.path(attributes.get("d") ?? "M0 0");
  if (name === "rect") {
    const radius = at("rx");
    if (radius > 0) doc.roundedRect(at("x"), at("y"), at("width"), at("height"), radius);
    else doc.rect(at("x"), at("y"), at("width"), at("height"));
  }
  if (name === "circle") doc.circle(at("cx"), at("cy"), at("r"));
  if (name === "ellipse") doc.ellipse(at("cx"), at("cy"), at("rx"), at("ry"));
  if (name === "line") doc.moveTo(at("x1"), at("y1")).lineTo(at("x2"), at("y2"));
  if (name === "polyline" || name === "polygon") {
    const points = (attributes.get("points") ?? "")
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    for (let place = 0; place + 1 < points.length; place += 2) {
      const [x = 0, y = 0] = points.slice(place, place + 2);
      if (place === 0) doc.moveTo(x, y);
      else doc.lineTo(x, y);
    }
    if (name === "polygon") doc.closePath();
  }
  const fills = style.fill !== "none" && name !== "line";
  const strokes = style.stroke !== "none";
  if (strokes) doc.lineWidth(style.strokeWidth);
  if (fills && strokes) doc.fillAndStroke(style.fill, style.stroke);
  else if (fills) doc.fill(style.fill);
  else if (strokes) doc.stroke(style.stroke);
}
