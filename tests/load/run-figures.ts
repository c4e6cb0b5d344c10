import { parseArgs } from "node:util";
import type { Bench, Figure } from "./dialogue/figure.ts";
import { type Installation, type Kind, openInstallation } from "./node/installation.ts";
import { type Measured, printTable } from "./table.ts";

function helpOf(bench: string, figures: readonly Figure[]): string {
  return `npm run bench ${bench} -- [--figure NAME]... [--seconds N] [--times N] [--json] [--small] [--cpu-prof DIR]

  --figure NAME   only this one (${figures.map((figure) => figure.name).join(", ")})
  --seconds N     seconds of each measured stretch instead of the usual ones
  --times N       rounds, or kills, instead of the usual number
  --json          one JSON object on stdout instead of the table
  --small         on an installation without stored messages, for trying the bench itself
  --cpu-prof DIR  the node's processes write CPU profiles there when they end`;
}

/** Measures the figures of a bench. @returns the exit code: 1 when one misses its goal */
export async function runFigures(
  name: string,
  figures: readonly Figure[],
  args: readonly string[],
): Promise<number> {
  const help = helpOf(name, figures);
  const { values } = parseArgs({
    args: [...args],
    options: {
      figure: { type: "string", multiple: true },
      seconds: { type: "string" },
      times: { type: "string" },
      json: { type: "boolean", default: false },
      small: { type: "boolean", default: false },
      "cpu-prof": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const unknown = values.figure?.find((wanted) => !figures.some((figure) => figure.name === wanted));
  if (unknown) throw new Error(`There is no figure ${unknown}.\n\n${help}`);
  const chosen = figures.filter((figure) => !values.figure || values.figure.includes(figure.name));
  const desk = openBench({ ...values, profileDir: values["cpu-prof"] });
  const measured: Measured[] = [];
  try {
    for (const figure of chosen) measured.push(await measureOne(figure, desk.bench));
  } finally {
    await desk.close();
  }
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ bench: name, at: new Date().toISOString(), figures: measured })}\n`,
    );
  else printTable(measured);
  return measured.some((figure) => figure.meets === false) ? 1 : 0;
}

async function measureOne(figure: Figure, bench: Bench): Promise<Measured> {
  bench.say(`--- ${figure.name}: ${figure.title}`);
  const { name, title, goal } = figure;
  try {
    return { name, title, goal, ...(await figure.measure(bench)) };
  } catch (error) {
    bench.say(`${figure.name} broke off: ${(error as Error).stack}`);
    return {
      name,
      title,
      goal,
      measured: "broke off",
      meets: false,
      values: {},
      notes: [(error as Error).message],
    };
  }
}

interface Options {
  seconds?: string | undefined;
  times?: string | undefined;
  small: boolean;
  profileDir?: string | undefined;
}

/** One installation stands at a time: two would share the cores. */
function openBench(options: Options): { bench: Bench; close(): Promise<void> } {
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  let open: { kind: Kind; installation: Installation; environment: string } | null = null;
  const close = async (): Promise<void> => {
    await open?.installation.close();
    open = null;
  };
  return {
    close,
    bench: {
      say,
      seconds: (usual) => Number(options.seconds ?? usual),
      times: (usual) => Number(options.times ?? usual),
      async installation(wanted, environment = {}) {
        const kind = options.small ? "empty" : wanted;
        const settings = JSON.stringify(environment);
        // A copy that another figure wrote to is not empty any more.
        if (open && (open.kind !== kind || kind === "empty" || open.environment !== settings)) await close();
        open ??= {
          kind,
          environment: settings,
          installation: await openInstallation(kind, {
            say,
            environment,
            ...(options.profileDir ? { nodeOptions: `--cpu-prof --cpu-prof-dir=${options.profileDir}` } : {}),
          }),
        };
        return open.installation;
      },
    },
  };
}
