import { textOn } from "./contrast.ts";

const HEX = /^#[0-9a-f]{6}$/i;

export interface ButtonColours {
  light: string | undefined;
  dark: string | undefined;
}

function colours(accent: string | undefined, fallback: readonly [string, string]): string {
  const [background, text] = accent && HEX.test(accent) ? [accent, textOn(accent)] : fallback;
  return `--b:${background};--t:${text}`;
}

const DARK_SHAPE =
  "--shape:0 0 0 1px #2a3d45,0 16px 40px rgb(0 0 0/.55);--ring:#e7eff0;--sheet:#132026;--ink:#e7eff0";
const LIGHT_SHAPE =
  "--shape:0 1px 2px rgb(17 37 44/.1),0 12px 32px rgb(17 37 44/.18);--ring:#11252c;--sheet:#fcfdfd;--ink:#11252c";

/**
 * The button's style sheet. Written for a constructed sheet, which needs no `style-src`. The pixel sizes are on
 * purpose: a foreign page's root font size says nothing about ours.
 */
export function buttonStyle({ light, dark }: ButtonColours): string {
  const day = `${colours(light, ["#0b5a6e", "#ffffff"])};${LIGHT_SHAPE}`;
  const night = `${colours(dark ?? light, ["#7ccbdb", "#06222a"])};${DARK_SHAPE}`;
  return `
:host{all:initial!important;display:block!important}
:host{${day}}
:host([data-theme=dark]){${night}}
@media (prefers-color-scheme:dark){:host(:not([data-theme])){${night}}}
.ask,.trouble{position:fixed;bottom:0;right:24px;z-index:2147483000;font:600 16px/24px "Red Hat Text Variable",system-ui,sans-serif}
:host([data-position=left]) :is(.ask,.trouble){right:auto;left:24px}
.ask{display:flex;align-items:center;gap:12px;height:56px;max-width:calc(100vw - 32px);box-sizing:border-box;padding:0 20px 0 16px;
border:0;border-radius:10px 10px 0 0;background:var(--ah-accent,var(--b));color:var(--ah-on-accent,var(--t));box-shadow:var(--shape);
cursor:pointer;touch-action:manipulation}
.ask:hover{filter:brightness(.9)}
.ask:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
.ask[hidden],.trouble[hidden]{display:none}
.ask svg{flex:none;width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.ask span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.ask i{flex:none;width:18px;height:9px;border-radius:9px 9px 0 0;background:#f2b705;border:1.5px solid #8a6400;box-sizing:border-box}
.ask i[hidden]{display:none}
.ask[aria-busy=true]{border-bottom:2px solid;animation:busy 1.2s linear infinite alternate}
@keyframes busy{from{border-image:linear-gradient(90deg,currentColor 20%,transparent 20%) 1}to{border-image:linear-gradient(90deg,currentColor 90%,transparent 90%) 1}}
.trouble{bottom:68px;box-sizing:border-box;width:min(320px,calc(100vw - 32px));margin:0;padding:16px;border-radius:10px 10px 0 0;
border-bottom:2px dotted;background:var(--sheet);color:var(--ink);box-shadow:var(--shape);font-weight:430}
.live{position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){.ask,.trouble{right:16px}:host([data-position=left]) :is(.ask,.trouble){left:16px}}
@media (prefers-reduced-motion:reduce){.ask[aria-busy=true]{animation:none}}
@media (forced-colors:active){.ask{border:2px solid ButtonText}.trouble{border:1px solid}}
@media print{:host{display:none!important}}`;
}
