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

/** Live texts are read at once, older ones when a conversation needs them. */
export function makeStoredFlows(versions: readonly VersionText[]): StoredFlows {
  if (versions.length === 0) return EMPTY_FLOWS;
  const texts = new Map(versions.map((one) => [`${one.id}.${one.version}`, one]));
  const read = new Map<string, StoredFlow>();
  const version = (id: number, number: number): StoredFlow | undefined => {
    const key = `${id}.${number}`;
    const text = texts.get(key);
    if (!text || read.has(key)) return read.get(key);
    const flow = { id, name: text.name, version: number, document: parseFlow(text.text).document };
    read.set(key, flow);
    return flow;
  };
  const live = versions.filter(({ isLive }) => isLive).flatMap((one) => version(one.id, one.version) ?? []);
  const names = new Map(live.map((flow) => [flow.name, flow]));
  const topics = new Map(
    live.flatMap((flow) => flow.document.topics.map(({ intent }) => [intent, flow] as const)),
  );
  const words = new Map(
    live.flatMap((flow) =>
      flow.document.starts.flatMap(({ de, en }) =>
        [de, en].flatMap((one) => (one === undefined ? [] : [[bareWords(one), flow] as const])),
      ),
    ),
  );
  return {
    version,
    named: (name) => names.get(name),
    ofTopic: (intent) => topics.get(intent),
    ofWords: (bare) => (bare === "" ? undefined : words.get(bare)),
  };
}
