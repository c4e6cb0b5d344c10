/** A message as one example: the desk shows examples as lines, so a line break in one would make it two. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
