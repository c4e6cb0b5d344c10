/** Takes font and colour of the page; everything else is its own, in a shadow root. */
export const STYLE = `
:host{display:block;color:inherit;font:inherit}
*{box-sizing:border-box;font:inherit;color:inherit}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend,label.l{display:block;padding:0;margin:0 0 .35em;font-weight:600}
.row{display:flex;flex-wrap:wrap;gap:.5em;margin-bottom:.75em}
input.t{flex:1 1 14em;min-height:44px;padding:.4em .7em;border:1px solid currentColor;border-radius:6px;background:transparent}
button{min-height:44px;padding:.4em 1em;border:1px solid currentColor;border-radius:6px;background:transparent;cursor:pointer;font-weight:600}
button[aria-busy=true]{opacity:.6}
.day{margin:.75em 0 .35em;font-weight:600}
.w{display:inline-flex;align-items:center;gap:.5em;min-height:44px;margin:0 .5em .5em 0;padding:.35em .8em;border:1px solid currentColor;border-bottom-width:2px;border-radius:6px 6px 0 0;cursor:pointer}
.w:has(:checked){outline:2px solid currentColor;outline-offset:-2px}
.p{opacity:.8}
.s{min-height:1.5em;margin:.5em 0 0}
.a{font-size:.8em;opacity:.8}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
`;
