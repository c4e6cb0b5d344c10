import { startFakeNode } from "./fake-node.ts";
import { seedWorld } from "./seed.ts";

/** `node src/web/desk/testing/main.ts PORT [CONVERSATIONS]`: the desk on a fake node, for people who build it. */
const [port = "4010", count] = process.argv.slice(2);
const node = await startFakeNode(seedWorld(count === undefined ? undefined : Number(count)), Number(port));
process.stdout.write(`${node.url}/desk/\n`);
