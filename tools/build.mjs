// npm run build: the web pages, when their sources changed.
import { ensurePackages, findNode, runTool } from "./ensure.mjs";
import { ensurePages } from "./pages.mjs";

await runTool(() => {
  ensurePackages();
  ensurePages(findNode());
});
