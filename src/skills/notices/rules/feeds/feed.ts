import { readAtom } from "./atom.ts";
import { broken, type ReadSetting, type SourceRead } from "./item.ts";
import { readJsonFeed } from "./json-feed.ts";
import { readRss } from "./rss.ts";
import { decodeText } from "./text-bytes.ts";
import { localName, readXml } from "./xml.ts";

/** RSS 2.0 (and 1.0), Atom (RFC 4287) or JSON Feed 1.1, told apart by what they hold: addresses and types lie. */
export function readFeed(bytes: Uint8Array, setting: ReadSetting): SourceRead {
  const text = decodeText(bytes, setting.charset).trimStart();
  if (text === "") return broken("empty");
  if (text.startsWith("{")) return readJsonFeed(text, setting);
  if (!text.startsWith("<")) return broken("unknown_format");
  const { root, faults } = readXml(text);
  if (!root) return broken("broken", faults[0] ?? "");
  const name = localName(root).toLowerCase();
  const read =
    name === "rss" || name === "rdf"
      ? readRss(root, setting)
      : name === "feed"
        ? readAtom(root, setting)
        : broken("unknown_format", name === "html" ? "HTML" : name);
  if (read.isBroken || faults.length === 0) return read;
  // Cut off in the middle: what stands before it is no feed to believe, the next reading will have it whole.
  if (read.items.length === 0) return broken("broken", faults[0]);
  return { ...read, problems: [{ code: "syntax", place: faults[0] ?? "" }, ...read.problems] };
}
