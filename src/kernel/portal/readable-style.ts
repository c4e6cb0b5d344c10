/** Paper first: system fonts, no colour that a printer needs, no page break inside an entry. */
export const READABLE_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid; font-size: 1.25rem; }
h3 { margin: 1.5rem 0 0.5rem; font-size: 1rem; }
ul, ol { margin: 0; padding: 0; list-style: none; }
li { padding: 0.5rem 0; border-bottom: 1px solid; break-inside: avoid; }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.who { font-weight: 600; font-size: 0.875rem; }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: 0 1rem; }
dt { font-size: 0.875rem; }
dd { margin: 0; overflow-wrap: anywhere; }
li li { border: 0; padding: 0; }
@media print {
  main { max-width: none; padding: 0; }
  body { font-size: 10pt; }
  h2, h3 { break-after: avoid; }
}
@page { margin: 18mm; }
`;
