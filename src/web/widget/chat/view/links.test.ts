import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeHref, stretches } from "./links.ts";

describe("stretches", () => {
  it("makes links of http and https only", () => {
    expect(stretches("javascript:alert(1) ftp://x data:text/html,x").every(({ href }) => href === null)).toBe(
      true,
    );
    expect(stretches("http://a.example/x")[0]?.href).toBe("http://a.example/x");
  });

  it("leaves the sentence's signs outside the link", () => {
    const [, link, rest] = stretches("Siehe https://a.example/b?c=1. Danke");
    expect(link).toEqual({ text: "https://a.example/b?c=1", href: "https://a.example/b?c=1" });
    expect(rest?.text).toBe(". Danke");
  });

  it("keeps a bracket that the address opened", () => {
    expect(stretches("https://a.example/x_(y)")[0]?.text).toBe("https://a.example/x_(y)");
    expect(stretches("(https://a.example/x)")[1]?.text).toBe("https://a.example/x");
  });

  it("loses no character of any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          stretches(text)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("safeHref", () => {
  it("refuses every scheme but http and https", () => {
    for (const address of [
      "javascript:alert(1)",
      " JaVaScRiPt:alert(1)",
      "vbscript:x",
      "file:///etc",
      "/relative",
      "",
    ]) {
      expect(safeHref(address)).toBeNull();
    }
  });
});
