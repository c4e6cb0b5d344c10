import { expect, test } from "vitest";
import { sanitiseLogo } from "./logo.ts";

const wrap = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${inner}</svg>`;

test("a plain drawing passes unchanged", () => {
  const drawing = wrap(
    '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs><path d="M0 0L10 10" fill="url(#a)"/><use href="#a"/><title>A &amp; B</title>',
  );
  expect(sanitiseLogo(drawing)).toBe(drawing);
});

test.each([
  ["a script", "<script>alert(1)</script>"],
  ["a script in capitals", "<SCRIPT>alert(1)</SCRIPT>"],
  ["a namespaced script", "<svg:script>alert(1)</svg:script>"],
  ["a handler", '<path d="M0 0" onload="alert(1)"/>'],
  ["a handler without quotes", "<path onload=alert(1) />"],
  ["foreign content", '<foreignObject><iframe src="https://x.example"/></foreignObject>'],
  ["a style", "<style>*{background:url(https://x.example)}</style>"],
  ["a style attribute", '<path style="fill:url(https://x.example)"/>'],
  ["a picture from elsewhere", '<image href="https://x.example/a.png"/>'],
  ["a link", '<a href="javascript:alert(1)"><path d="M0 0"/></a>'],
  ["a reference outside", '<use href="https://x.example/a.svg#b"/>'],
  ["a data reference", '<use xlink:href="data:image/svg+xml,x"/>'],
  ["a paint from elsewhere", '<path fill="url(https://x.example/a#b)"/>'],
  ["an escaped paint", '<path fill="&#117;rl(https://x.example)"/>'],
  ["an animation", '<animate attributeName="href" values="javascript:alert(1)"/>'],
  ["a comment", "<!-- <script>alert(1)</script> -->"],
  ["character data", "<title><![CDATA[<script>alert(1)</script>]]></title>"],
])("%s is left out", (_, inner) => {
  const clean = sanitiseLogo(wrap(inner));
  expect(clean).not.toMatch(
    /script|alert|onload|example|javascript|data:|style|foreignObject|iframe|animate|CDATA|<a\b/i,
  );
});

test("prolog and doctype go, the drawing stays", () => {
  const prolog = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">';
  expect(sanitiseLogo(prolog + wrap("<g/>"))).toBe(wrap("<g/>"));
});

test.each([
  "",
  "hello",
  "<html><body/></html>",
  "<svg><g></svg>",
  "<svg>",
  `<svg/><svg/>`,
  "<svg><script></svg>",
])("%j is refused", (text) => {
  expect(() => sanitiseLogo(text)).toThrow("bad_request");
});
