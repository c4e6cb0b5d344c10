import { readFileSync } from "node:fs";

/** The page's own rules; colours and measures are the design's tokens. */
const RULES = `
*{box-sizing:border-box}
body{margin:0;background:var(--ah-ground);color:var(--ah-ink);font:1rem/1.5 var(--ah-font);font-variant-numeric:tabular-nums}
a{color:var(--ah-accent-text)}
:focus-visible{outline:2px solid var(--ah-focus);outline-offset:2px}
.frame{display:grid;grid-template-columns:16rem minmax(0,1fr);max-width:72rem;margin:0 auto;gap:var(--ah-8);padding:0 var(--ah-4)}
header.frame{display:block;padding-top:var(--ah-6)}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:var(--ah-6) 0;font-size:.875rem}
nav h2{font-size:.875rem;margin:var(--ah-4) 0 var(--ah-1)}
nav ul{list-style:none;margin:0;padding:0}
nav a{display:block;padding:4px 0;text-decoration:none;overflow-wrap:anywhere}
nav a:hover{text-decoration:underline}
main{padding:var(--ah-6) 0 var(--ah-14)}
h1{font:650 1.75rem/2.125rem var(--ah-font-head);margin:0 0 var(--ah-4);padding-bottom:var(--ah-3);border-bottom:2px solid var(--ah-ink)}
main h2{font:650 1.25rem/1.5rem var(--ah-font-head);margin:var(--ah-10) 0 var(--ah-3)}
article{background:var(--ah-sheet);border:1px solid var(--ah-line);border-bottom:2px solid var(--ah-ink);border-radius:var(--ah-r-2) var(--ah-r-2) 0 0;padding:var(--ah-4);margin:0 0 var(--ah-5)}
article:target{border-left:3px solid var(--ah-accent-edge)}
h3{font:600 1rem/1.25rem var(--ah-font-code);margin:0 0 var(--ah-2);overflow-wrap:anywhere}
h3 a{color:inherit;text-decoration:none}
h4{font-size:.875rem;margin:var(--ah-4) 0 var(--ah-1)}
.method{display:inline-block;min-width:4.5em;color:var(--ah-accent-text)}
.tag{display:inline-block;border:1px solid var(--ah-line-strong);border-radius:var(--ah-r-1);padding:0 6px;font-size:.8125rem;color:var(--ah-ink-2)}
p{margin:0 0 var(--ah-2);max-width:65ch}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th{text-align:left;border-bottom:1.5px solid var(--ah-ink);padding:4px 8px 4px 0}
td{border-bottom:1px solid var(--ah-line);padding:4px 8px 4px 0;vertical-align:top;overflow-wrap:anywhere}
pre,code{font-family:var(--ah-font-code);font-size:.8125rem}
pre{background:var(--ah-sunken);margin:0;padding:var(--ah-3);overflow:auto;max-height:24rem;white-space:pre-wrap;overflow-wrap:anywhere}
summary{cursor:pointer;min-height:24px;font-size:.875rem;font-weight:600;padding:4px 0}
button{font:600 .8125rem/1 var(--ah-font);min-height:32px;padding:0 12px;border:1px solid var(--ah-line-strong);border-radius:var(--ah-r-2);background:var(--ah-sheet);color:var(--ah-ink);margin-top:var(--ah-2)}
@media(max-width:48rem){.frame{display:block}nav{position:static;max-height:none;border-bottom:1px solid var(--ah-line)}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;

/** The tokens of the web pages are data for us: read, not imported, because the kernel knows no page. */
export function docsStyle(): string {
  const tokens = readFileSync(new URL("../../web/ui/tokens.css", import.meta.url), "utf8");
  return tokens + RULES;
}
