import { useState } from "react";
import type { Flow } from "../../../skills/service/api.ts";

/**
 * The text in the editor and what it began with. A newer state of a colleague takes the place of an untouched text; beside
 * an unsaved one it stands as `theirs` until the writer decides.
 * @param flow as the node has it now; null = not saved yet
 */
export function useFlowDraft(flow: Flow | null, start: string) {
  const [text, setText] = useState(start);
  const [base, setBase] = useState(flow);
  const isUnsaved = text !== (base?.draft ?? start);
  const isNewer = flow !== null && base !== null && flow.revision > base.revision;
  if (isNewer && (!isUnsaved || flow.draft === text)) {
    setBase(flow);
    setText(flow.draft);
  }
  const take = (theirs: Flow) => {
    setBase(theirs);
    setText(theirs.draft);
  };
  return {
    text,
    setText,
    base,
    /** What this editor saved is what the text begins with from now on. */
    setBase,
    take,
    isUnsaved,
    theirs: isNewer && isUnsaved ? flow : null,
  };
}
