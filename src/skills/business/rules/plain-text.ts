/**
 * Text as it may stand in a document: no control signs, and none that turn the direction of writing, with which "100 €"
 * can be made to read as another sum. Source: Unicode Technical Report 36, bidirectional text spoofing.
 */
export function plainText(text: string): string {
  return (
    text
      .normalize("NFC")
      .replace(/\r\n?/g, "\n")
      .replace(/\t/g, " ")
      .replace(/[\p{Cc}\p{Cs}]/gu, (sign) => (sign === "\n" ? sign : ""))
      .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
      // More than two signs stacked on one letter say nothing and run over the line above.
      .replace(/(\p{M}{2})\p{M}+/gu, "$1")
      // A word that fits on no line is set in parts; finding out letter by letter would take seconds.
      .replace(/\S{60}(?=\S)/g, "$& ")
  );
}
