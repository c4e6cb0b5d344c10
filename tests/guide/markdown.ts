/** What stands in code is an example: no picture, no link, no word of the screen. */
export function withoutCode(markdown: string): string {
  return markdown.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "");
}
