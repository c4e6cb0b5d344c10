import * as api from "../api/documents.ts";
import { AppError } from "../errors.ts";
import { type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { type DocumentParts, gatherFacts } from "./gather.ts";
import { gapsOf, htmlOf, markdownOf } from "./paper.ts";
import { papers } from "./papers.ts";

/** Papers at the desk, for owners: each call reads the configuration anew. */
export function documentRoutes(kernel: Kernel, parts: DocumentParts): AnyRoute[] {
  return [
    route(api.listDocuments, async ({ actor, query }) => {
      const facts = await gatherFacts(kernel, actor.tenantId, parts);
      return {
        items: Object.entries(papers).map(([name, write]) => {
          const paper = write(facts, query.language);
          return { name, title: paper.title, gaps: gapsOf(paper) };
        }),
      };
    }),
    route(api.getDocument, async ({ actor, params, query }) => {
      const write = Object.hasOwn(papers, params.name) ? papers[params.name] : undefined;
      if (!write) throw new AppError("not_found");
      const paper = write(await gatherFacts(kernel, actor.tenantId, parts), query.language);
      return {
        name: params.name,
        title: paper.title,
        gaps: gapsOf(paper),
        blocks: paper.blocks,
        markdown: markdownOf(paper),
        html: htmlOf(paper, query.language),
      };
    }),
  ];
}
