import { readFileSync } from "node:fs";
import type { ConnectionStep, Kernel } from "#kernel";
import { channelInput } from "../kernel/api/company.ts";
import { connectChannel } from "../kernel/tenants/channel-routes.ts";
import { type ChannelRecord, channelRecords } from "../kernel/tenants/channel-row.ts";
import { inspectRecord } from "../kernel/tenants/inspect-channel.ts";
import { besideNode } from "./beside.ts";
import { askLine } from "./connect/ask-line.ts";
import { asksOf, CONNECT_KINDS, type ConnectKind, inputOf, walks } from "./connect/walks.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";
import { tongueOf } from "./setup/words.ts";
import { onlyTenant } from "./tenant-choice.ts";

/** `connect KIND`: walks through one connection and says what it still lacks; `connect check` looks at all there are. */
export async function connectCommand(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      tenant: { type: "string" },
      from: { type: "string" },
      language: { type: "string" },
      data: { type: "string" },
    },
  });
  const [what, ...more] = positionals;
  const kind = CONNECT_KINDS.find((one) => one === what);
  if (more.length > 0 || !(kind || what === "check"))
    throw new UsageError(`Say connect ${CONNECT_KINDS.join("|")}, or connect check. See augenhoehe --help.`);
  const tongue = tongueOf(values.language ?? (process.env.LC_ALL || process.env.LANG));
  // Asked before the database is opened: somebody may look for a token for a long time.
  const input = kind ? await readInput(kind, values.from, tongue) : null;
  return besideNode({ dataDir: values.data, mayMake: false }, async (kernel) => {
    const tenantId = onlyTenant(kernel, values.tenant);
    const base = baseOf(kernel);
    const records = input
      ? [await connectChannel(kernel, tenantId, input, { base })]
      : await kernel.db.registry((tx) => channelRecords(tx, tenantId));
    if (records.length === 0)
      tell("No channel is connected yet: augenhoehe connect whatsapp|telegram|email|page.");
    let isWell = true;
    for (const record of records) isWell = (await show(kernel, record, { base, tongue })) && isWell;
    return isWell ? 0 : 1;
  });
}

function baseOf({ config }: Kernel): string {
  return config.publicUrl || `http://${config.host}:${config.port}`;
}

async function readInput(kind: ConnectKind, from: string | undefined, tongue: "de" | "en") {
  const given: Record<string, string> = from ? JSON.parse(readFileSync(from === "-" ? 0 : from, "utf8")) : {};
  if (!from) {
    tell(walks[kind].map((line, n) => `${n + 1}. ${line[tongue]}`).join("\n"));
    for (const ask of asksOf[kind])
      given[ask.name] = await askLine(`${ask.text[tongue]}${ask.usual ? ` [${ask.usual}]` : ""} > `, {
        isSecret: ask.isSecret ?? false,
        usual: ask.usual ?? "",
      });
  }
  const read = channelInput.safeParse(inputOf(kind, given));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new UsageError(
    `${issue?.path.join(".") || "The input"} is not understood (${issue?.message}). Nothing was connected.`,
  );
}

const SIGNS: Readonly<Record<ConnectionStep["level"], string>> = { ok: "ok  ", warn: "warn", bad: "bad " };

/** @returns whether nothing is in the way */
async function show(
  kernel: Kernel,
  record: ChannelRecord,
  at: { base: string; tongue: "de" | "en" },
): Promise<boolean> {
  const steps = await inspectRecord(kernel, record, at.base);
  print(`${record.kind} »${record.name}« (${record.id})`);
  for (const { level, name, text } of steps)
    print(`  ${SIGNS[level]}  ${name.padEnd(12)}  ${text[at.tongue]}`);
  if (record.kind === "whatsapp" && record.verify_token)
    print(`  Webhook       ${at.base}/hooks/${record.app_id}\n  Verify token  ${record.verify_token}`);
  if (record.kind === "web")
    print(`  <script src="${at.base}/widget.js" data-key="${record.address}" async></script>`);
  return steps.every(({ level }) => level !== "bad");
}
