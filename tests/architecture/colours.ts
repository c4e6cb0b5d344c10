import { isTest, type Rule } from "./source.ts";

/** "Order #1234" is no colour: short and all-digit ones count only where a colour stands. */
const COLOUR =
  /(?:^|:\s*)#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|#(?!\d+\b)(?:[0-9a-f]{8}|[0-9a-f]{6})\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(/i;
/** Tailwind's own palette is not ours. */
const PALETTE =
  /\b(?:bg|text|border|ring|fill|stroke|from|to|via|outline|decoration|shadow|accent|caret)-(?:white|black|(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d{2,3})\b/;

/**
 * Components take colours from the tokens, so that white label and dark mode reach everything. The widget's button
 * stands on foreign pages without our style sheets: its own sheet is a .ts file and is not meant here.
 */
export const tokenColours: Rule = (files) =>
  files
    .filter(({ path }) => /^src\/(web|skills\/[^/]+\/panels)\/.+\.tsx$/.test(path) && !isTest(path))
    .flatMap(({ path, syntax }) =>
      (syntax?.strings ?? [])
        .filter(({ text }) => COLOUR.test(text) || PALETTE.test(text))
        .map(({ text, line }) => ({
          path,
          line,
          message: `colour ${(COLOUR.exec(text) ?? PALETTE.exec(text))?.[0]}: use a token (web/ui/tokens.css)`,
        })),
    );
