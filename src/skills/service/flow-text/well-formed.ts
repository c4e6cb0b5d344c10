/**
 * At most so many characters of a text from outside, as JSON and an address can carry them: without zero bytes, and
 * without the half of a sign that a cut leaves.
 */
export function cutWellFormed(text: string, characters: number): string {
  return text
    .replaceAll("\0", "")
    .slice(0, characters)
    .replace(/[\uD800-\uDBFF]$/, "")
    .toWellFormed();
}
