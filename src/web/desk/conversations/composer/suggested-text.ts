/** What stands in the field after a suggestion was taken: what somebody wrote stays, the suggestion follows it. */
export function textWith(draft: string, suggestion: string): string {
  return draft.trim() === "" ? suggestion : `${draft.trimEnd()}\n\n${suggestion}`;
}
