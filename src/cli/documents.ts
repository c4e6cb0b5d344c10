import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gapsOf, gatherFacts, htmlOf, type Kernel, markdownOf, papers } from "#kernel";
import { skills } from "../skills.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, UsageError } from "./options.ts";

const LANGUAGES = ["de", "en"] as const;

/** `documents`: writes the papers that a company has to keep, in both languages, as Markdown and as pages to print. */
export async function documentsCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: { tenant: { type: "string" }, out: { type: "string" }, data: { type: "string" } },
  });
  const folder = resolve(values.out ?? "documents");
  const facts = await besideNode({ dataDir: values.data, mayMake: false }, (kernel) =>
    gatherFacts(kernel, tenantOf(kernel, values.tenant), {
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

/** Without --tenant the only company there is. @throws UsageError when there is a choice or none */
function tenantOf({ registry }: Kernel, given: string | undefined): number {
  const ids = registry.tenantIds();
  const id = given === undefined && ids.length === 1 ? ids[0] : Number(given);
  if (id !== undefined && ids.includes(id)) return id;
  throw new UsageError(
    ids.length === 0
      ? "There is no company yet: open the first owner's link (augenhoehe owner-link)."
      : "Name the company with --tenant ID; augenhoehe tenant list shows them.",
  );
}
