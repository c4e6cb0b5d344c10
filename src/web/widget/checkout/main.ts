import { openCheckout } from "./checkout-box.ts";

/** Finds every `<div data-delivery-widget data-key="…">` of the page. */

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const base = script ? new URL(script.src).origin : location.origin;

function open(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-delivery-widget]"))
    openCheckout(host, base);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", open);
else open();
