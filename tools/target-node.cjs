// Loaded into npm when the system's Node is old: npm leaves out optional packages that do not fit the Node it runs on,
// but ours are run by the Node that comes with them. TARGET_NODE is that one's version.
if (process.env.TARGET_NODE)
  Object.defineProperty(process, "version", { value: `v${process.env.TARGET_NODE}` });
