import { installedSettings } from "./installed.ts";
import { UsageError } from "./options.ts";

/** `augenhoehe COMMAND`: each command is a file, loaded only when it is asked for. */
const HELP = `augenhoehe: the node with which a company keeps its own customers

  augenhoehe start [--port N] [--host H] [--data DIR] [--json] [--no-demo]
                                     start the node (PostgreSQL included); stop it with Ctrl+C
  augenhoehe backup [--to FILE|DIR|s3://BUCKET/PREFIX] [--key-file F] [--keep N] [--json] [--data DIR]
                                     an encrypted copy of a node that may be running; backup list [--to ...]
  augenhoehe backup key [--out FILE] make the key of the backups, once
  augenhoehe restore FILE [--into DIR] [--replace] [--key-file F]
                                     into an empty folder, or with --replace beside what is put aside
  augenhoehe restore --drill [FILE]  prove a backup (the newest) in a scratch database, which is removed
  augenhoehe restore --release send|drop
                                     after a restore: let held messages out, or take them for sent
  augenhoehe upgrade [--to DIR] [--key-file F] [--back]
                                     after a new program was installed: backup, migrations, a start on trial; the way back
  augenhoehe doctor [--data DIR]     check Node, database, ports, channels, clock, disk, and say what to do
  augenhoehe setup DOMAIN [--answers FILE.json | --yes] [--plan]
                                     put the node online: service, certificate, settings; again: repairs and changes
  augenhoehe owner-link [--data DIR] a new one-time link for the first owner
  augenhoehe new-password ADDRESS [--json] [--data DIR]
                                     a one-time password for somebody whom no owner can help
  augenhoehe migrate [--data DIR]    bring the database up to date
  augenhoehe seed [--data DIR]       add the demo company, once
  augenhoehe tenant create NAME [--language de|en] [--time-zone ZONE] [--owner-email E --owner-name N] [--data DIR]
  augenhoehe tenant list [--data DIR]
  augenhoehe knowledge import FILE.csv --tenant ID --lang de|en [--answers ANSWERS.csv] [--data DIR]
  augenhoehe knowledge export --tenant ID --out DIR [--data DIR]
  augenhoehe knowledge propose FILE… [--own ADDRESS_OR_NAME]… [--lang de|en] [--json]
                                     topics out of a mailbox (mbox), an exported chat, a CSV or JSON, an FAQ page; keeps nothing
  augenhoehe advocate check --contracts FILE.csv [--holidays DE-HH] [--today YYYY-MM-DD] [--json]
                                     until when each contract can be cancelled, and the days of the warnings
  augenhoehe notices simulate --topic T --recipients N --profile FILE [--at TIME] [--zone ZONE] [--hours H] [--json]
                                     what a notice would take at these limits, on a simulated clock
  augenhoehe consent verify [--tenant ID] [--json] [--data DIR]
                                     compute the ledger of consents anew and compare every row
  augenhoehe coin verify [--tenant ID] [--json] [--data DIR]
                                     build the coin's ledger anew from its first block: signatures, rules, hashes, snapshots
  augenhoehe coin check FILE|URL [--json]
                                     check a proof that a wallet saved: own balance, sum of all, reserve; needs no node
  augenhoehe connect whatsapp|telegram|email|page [--tenant ID] [--from FILE.json] [--language de|en] [--data DIR]
  augenhoehe connect check           walk through a connection; look at all of them, step by step
  augenhoehe documents [--tenant ID] [--out DIR] [--data DIR]
                                     processing record, processor contract, retention, works agreement, filled in
  augenhoehe flow test FILE… | flow test --tenant ID [--data DIR]
                                     check flows and play their example dialogues (docs/guide/flows.md)
  augenhoehe pack list | show TRADE [--language de|en] | check [TRADE] | measure TRADE
                                     starter packs by trade (docs/guide/packs.md)
  augenhoehe pack apply TRADE --tenant ID [--language de|en] [--facts FILE.json] [--data DIR]
  augenhoehe pack remove TRADE --tenant ID [--data DIR]
  augenhoehe assistant evaluate --train T.csv --test E.csv [--validation V.csv] [--max-wrong 0.03] [--seed N]
                                [--predictions OUT.csv] [--json]
                                     how well own questions are answered; CSV with text,intent; oos = out of scope
  augenhoehe assistant compare nlp.js --train T.csv --test E.csv [--json]
  augenhoehe delivery solve FILE --seconds N | --iterations N [--seed S] [--threads T] [--rounding dimacs|exact|none] [--json]
                                     routes for an instance of Solomon, Homberger, Li and Lim or VRPLIB; CPU seconds of one thread
  augenhoehe delivery check FILE SOLUTION.json [--rounding dimacs|exact|none]
                                     judge a plan: feasible, its cost, what is wrong
  augenhoehe delivery places import FILE --city NAME [--tenant ID] [--zone 32|33] [--attribution TEXT] [--json] [--data DIR]
                                     a city's addresses from a CSV or an .osm.pbf file, so that what customers type is found
  augenhoehe delivery travel --city NAME [--barriers FILE.geojson] [--osrm URL | --valhalla URL | --openrouteservice URL --key K]
                             [--profile P] [--tenant ID] [--json] [--data DIR]
                                     how long ways take: rivers with their bridges, or what a routing service says
  augenhoehe delivery simulate [--seed S] [--requests N] [--couriers K] [--evenings E] [--tail normal|heavy] [--no-optimiser]
                    [--engine | --good-phones] [--json]
                                     customers and couriers through the booking and the evening: what is accepted and kept
  augenhoehe conversation export --tenant ID [--conversation ID] [--out FILE] [--data DIR]

Settings also come from the environment: PORT, HOST, PUBLIC_URL, DATABASE_URL, AUGENHOEHE_DATA, TRUST_PROXY,
AUGENHOEHE_PROCESSES (1 or 2), LOG_LEVEL and those named in docs/guide/operate.md.`;

type Command = (args: string[]) => Promise<number>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start.ts")).startCommand,
  backup: async () => (await import("./backup.ts")).backupCommand,
  restore: async () => (await import("./restore.ts")).restoreCommand,
  upgrade: async () => (await import("./upgrade.ts")).upgradeCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
  setup: async () => (await import("./setup.ts")).setupCommand,
  "owner-link": async () => (await import("./owner-link.ts")).ownerLinkCommand,
  "new-password": async () => (await import("./new-password.ts")).newPasswordCommand,
  migrate: async () => (await import("./migrate.ts")).migrateCommand,
  seed: async () => (await import("./seed.ts")).seedCommand,
  tenant: async () => (await import("./tenant.ts")).tenantCommand,
  knowledge: async () => (await import("./knowledge.ts")).knowledgeCommand,
  advocate: async () => (await import("./advocate.ts")).advocateCommand,
  notices: async () => (await import("./notices.ts")).noticesCommand,
  consent: async () => (await import("./consent.ts")).consentCommand,
  coin: async () => (await import("./coin.ts")).coinCommand,
  connect: async () => (await import("./connect.ts")).connectCommand,
  documents: async () => (await import("./documents.ts")).documentsCommand,
  flow: async () => (await import("./flow.ts")).flowCommand,
  pack: async () => (await import("./pack.ts")).packCommand,
  assistant: async () => (await import("./assistant.ts")).assistantCommand,
  delivery: async () => (await import("./delivery.ts")).deliveryCommand,
  conversation: async () => (await import("./conversation.ts")).conversationCommand,
};

async function main(args: string[]): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "help" || args.length === 0 || args.some((one) => one === "--help" || one === "-h")) {
    console.log(HELP);
    return 0;
  }
  const load = commands[name];
  if (!load) throw new UsageError(`There is no command ${name}. See augenhoehe --help.`);
  Object.assign(process.env, { ...installedSettings(args, process.env), ...process.env });
  return (await load())(rest);
}

// Whoever reads us may stop reading, as `head` does.
process.stdout.on("error", () => process.exit(0));

main(process.argv.slice(2)).then(
  // A pipe takes 64 KiB at once; what is larger must have left before the process ends.
  (code) => process.stdout.write("", () => process.exit(code)),
  (error: Error) => {
    console.error(error instanceof UsageError || process.env.LOG_LEVEL !== "debug" ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
