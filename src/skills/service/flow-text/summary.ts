import { LIMITS } from "./document.ts";
import { parseFlow } from "./parse.ts";
import { validateFlow } from "./validate.ts";

/** What a list shows of a text, without reading it again for everybody who looks. */
export interface DraftSummary {
  readonly title: { readonly de: string; readonly en: string };
  /** The text alone; how it fits to other flows is found when it goes live. */
  readonly faults: number;
  readonly examples: number;
  readonly topics: readonly string[];
}

export function summariseFlow(text: string): DraftSummary {
  const { document, faults } = parseFlow(text);
  const { title, examples, topics } = document;
  return {
    title: { de: title.de ?? "", en: title.en ?? "" },
    faults: faults.length > 0 ? faults.length : validateFlow(document).length,
    examples: examples.length,
    topics: topics.slice(0, LIMITS.topics).map(({ intent }) => intent),
  };
}
