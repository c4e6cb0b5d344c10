import { bareWords, type FlowDocument, parseFlow } from "../flow-text/index.ts";

/** The flows that a company wrote, as answering needs them. */

export interface StoredFlow {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly document: FlowDocument;
}

export interface StoredFlows {
  /** All live ones, read. */
  live(): readonly StoredFlow[];
  isLive(id: number, version: number): boolean;
  /** A version that is live, or that an open conversation was prepared for. */
  version(id: number, version: number): StoredFlow | undefined;
  /** The live one of this name. */
  named(name: string): StoredFlow | undefined;
  /** The live one that a topic begins. */
  ofTopic(intent: string): StoredFlow | undefined;
  /** The live one that these words begin; bare, see bareWords. */
  ofWords(bare: string): StoredFlow | undefined;
}

export interface VersionText {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly text: string;
}

/** The text before its first slot, step or example: title, topics and start sentences, wherever they are written first. */
function headOf(text: string): string {
  const at = text.search(/^(?:slot|step|example)\b/m);
  const head = at < 0 ? text : text.slice(0, at);
  return /^flow\b/m.test(head) ? head : text;
}

export function readStored({ id, name, version, text }: VersionText): StoredFlow {
  return { id, name, version, document: parseFlow(text).document };
}

/**
 * What begins a flow is read at once; the flow itself when a conversation needs it, for a text may be long.
 * @param live the live versions
 * @param older finds one that is live no more, if it is at hand
 */
export function makeStoredFlows(live: readonly VersionText[], older: StoredFlows["version"]): StoredFlows {
  const known = new Map<string, StoredFlow>();
  const read = (one: VersionText): StoredFlow => {
    const flow = known.get(one.name) ?? readStored(one);
    known.set(one.name, flow);
    return flow;
  };
  const texts = new Map(live.map((one) => [`${one.id}.${one.version}`, one]));
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
  const found = (one: VersionText | undefined) => one && read(one);
  return {
    live: () => live.map(read),
    isLive: (id, version) => texts.has(`${id}.${version}`),
    version(id, version) {
      const text = texts.get(`${id}.${version}`);
      return text ? read(text) : older(id, version);
    },
    named: (name) => found(names.get(name)),
    ofTopic: (intent) => found(topics.get(intent)),
    ofWords: (bare) => (bare === "" ? undefined : found(words.get(bare))),
  };
}

export const EMPTY_FLOWS: StoredFlows = makeStoredFlows([], () => undefined);
