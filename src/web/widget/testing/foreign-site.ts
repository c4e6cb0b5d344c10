import type { Server } from "node:http";
import { addressOf, startServer } from "./fake-node.ts";

export interface ForeignSite {
  /** The site's address: another origin than the node's. */
  base: string;
  close(): Promise<void>;
}

interface SiteOptions {
  node: string;
  key: string;
  lang: string;
  /** Further attributes of the script tag. */
  attributes?: string;
}

/** The lines that docs/guide/widget.md documents, and nothing else beyond the site's own. */
export function documentedPolicy(node: string): string {
  const origin = new URL(node).origin;
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    `script-src ${origin}`,
    `connect-src ${origin}`,
    `img-src ${origin}`,
  ].join("; ");
}

function page({ node, key, lang, attributes = "" }: SiteOptions): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>A shop</title></head><body><main><h1>A shop</h1><p>Text of the shop.</p><p><a href="#x">A link</a></p></main>
<script src="${node}widget.js" data-key="${key}" ${attributes} async></script></body></html>`;
}

/** Somebody else's site with a strict Content-Security-Policy and one script tag. */
export async function startForeignSite(options: SiteOptions): Promise<ForeignSite> {
  const server: Server = await startServer((_request, response) => {
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": documentedPolicy(options.node),
    });
    response.end(page(options));
  });
  return {
    base: addressOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
