import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gapsOf, gatherFacts, htmlOf, markdownOf, papers } from "#kernel";
import { skills } from "../skills.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions } from "./options.ts";
import { onlyTenant } from "./tenant-choice.ts";

const LANGUAGES = ["de", "en"] as const;

/** `documents`: writes the papers that a company has to keep, in both languages, as Markdown and as pages to print. */
export async function documentsCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: { tenant: { type: "string" }, out: { type: "string" }, data: { type: "string" } },
  });
  const folder = resolve(values.out ?? "documents");
  const facts = await besideNode({ dataDir: values.data, mayMake: false }, (kernel) =>
    gatherFacts(kernel, onlyTenant(kernel, values.tenant), {
      purposes: skills.flatMap(({ purposes }) => purposes),
      recipients: skills.flatMap(({ recipients }) => recipients ?? []),
    }),
  );
  for (const language of LANGUAGES) {
    mkdirSync(join(folder, language), { recursive: true });
    for (const [name, write] of Object.entries(papers)) {
      const paper = write(facts, language);
      const place = join(folder, language, name);
      writeFileSync(`${place}.md`, markdownOf(paper));
      writeFileSync(`${place}.html`, htmlOf(paper, language));
      print(`${place}.html  (${gapsOf(paper).length} places to fill in)`);
    }
  }
  return 0;
}
