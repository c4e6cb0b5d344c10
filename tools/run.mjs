// node tools/run.mjs FILE [ARGUMENT...]: runs a file with the fit Node.
import { ensurePackages, findNode, NODE_FLAGS, runTool } from "./ensure.mjs";
import { replaceProcess } from "./replace.mjs";

await runTool(() => {
  ensurePackages();
  replaceProcess(findNode(), [...NODE_FLAGS, ...process.argv.slice(2)]);
});
