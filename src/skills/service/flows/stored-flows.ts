import { bareWords, type FlowDocument, parseFlow } from "../flow-text/index.ts";

/** The flows that a company wrote, as answering needs them. */

export interface StoredFlow {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly document: FlowDocument;
}

export interface StoredFlows {
  /** A version that is live or that a conversation may still be in. */
  version(id: number, version: number): StoredFlow | undefined;
  /** The live one of this name. */
  named(name: string): StoredFlow | undefined;
  /** The live one that a topic begins. */
  ofTopic(intent: string): StoredFlow | undefined;
  /** The live one that these words begin; bare, see bareWords. */
  ofWords(bare: string): StoredFlow | undefined;
}

export const EMPTY_FLOWS: StoredFlows = {
  version: () => undefined,
  named: () => undefined,
  ofTopic: () => undefined,
  ofWords: () => undefined,
};

interface VersionText {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly text: string;
  readonly isLive: boolean;
}

/** The text before its first slot, step or example: title, topics and start sentences, wherever they are written first. */
export function headOf(text: string): string {
  const at = text.search(/^(?:slot|step|example)\b/m);
  const head = at < 0 ? text : text.slice(0, at);
  return /^flow\b/m.test(head) ? head : text;
}

/** What begins a flow is read at once; the flow itself when a conversation needs it, for a text may be long. */
export function makeStoredFlows(versions: readonly VersionText[]): StoredFlows {
  if (versions.length === 0) return EMPTY_FLOWS;
  const texts = new Map(versions.map((one) => [`${one.id}.${one.version}`, one]));
  const known = new Map<string, StoredFlow>();
  const version = (id: number, number: number): StoredFlow | undefined => {
    const key = `${id}.${number}`;
    const text = texts.get(key);
    if (!text || known.has(key)) return known.get(key);
    const flow = { id, name: text.name, version: number, document: parseFlow(text.text).document };
    known.set(key, flow);
    return flow;
  };
  const live = versions.filter(({ isLive }) => isLive);
  const heads = live.map((one) => ({ one, ...parseFlow(headOf(one.text)).document }));
  const names = new Map(live.map((one) => [one.name, one]));
  const topics = new Map(
    heads.flatMap((head) => head.topics.map(({ intent }) => [intent, head.one] as const)),
  );
  const words = new Map(
    heads.flatMap(({ one, starts }) =>
      starts.flatMap(({ de, en }) =>
        [de, en].flatMap((text) => (text === undefined ? [] : [[bareWords(text), one] as const])),
      ),
    ),
  );
  const read = (one: VersionText | undefined) => one && version(one.id, one.version);
  return {
    version,
    named: (name) => read(names.get(name)),
    ofTopic: (intent) => read(topics.get(intent)),
    ofWords: (bare) => (bare === "" ? undefined : read(words.get(bare))),
  };
}
