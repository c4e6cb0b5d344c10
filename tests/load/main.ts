import { runAssistant } from "./assistant/index.ts";
import { runCoin } from "./coin/index.ts";
import { runDelivery } from "./delivery/index.ts";
import { runDialogue } from "./dialogue/index.ts";
import { runGolive } from "./golive/index.ts";
import { runNotices } from "./notices/index.ts";

/** npm run bench NAME [-- OPTIONS]: bounded load tests on loopback; each bench is a folder beside this file. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  assistant: runAssistant,
  coin: runCoin,
  delivery: runDelivery,
  dialogue: runDialogue,
  golive: runGolive,
  notices: runNotices,
};

const [name = "", ...args] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  process.stderr.write(`Which bench? npm run bench ${Object.keys(benches).join(" | ")} [-- --help]\n`);
  process.exitCode = 2;
} else {
  bench(args).then(
    (code) => process.exit(code),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  );
}
