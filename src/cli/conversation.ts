import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Writable } from "node:stream";
import type { Kernel } from "#kernel";
import { type ExportWish, exportConversations } from "../kernel/desk/export.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";

/** `conversation export --tenant ID`: JSON Lines, one conversation with its messages a line. */
export async function conversationCommand(args: string[]): Promise<number> {
  const [what, ...rest] = args;
  if (what !== "export") throw new UsageError("Say conversation export --tenant ID. See augenhoehe --help.");
  const { values } = readOptions(rest, {
    options: {
      tenant: { type: "string" },
      conversation: { type: "string" },
      out: { type: "string" },
      notes: { type: "boolean", default: false },
      data: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (values.tenant === undefined)
    throw new UsageError("Name the company: --tenant ID (augenhoehe tenant list shows them).");
  if (values.json && !values.out)
    throw new UsageError("--json reports what --out wrote; without --out the export itself goes to stdout.");
  const wish: ExportWish = {
    tenantId: idOf("--tenant", values.tenant),
    conversationId:
      values.conversation === undefined ? undefined : idOf("--conversation", values.conversation),
    withNotes: values.notes,
  };
  const { out } = values;
  const counted = await besideNode({ dataDir: values.data, mayMake: false }, (kernel) =>
    out ? writeFile(kernel, wish, resolve(out)) : writeAll(kernel, wish, process.stdout),
  );
  if (values.json) print(JSON.stringify({ ...counted, file: resolve(out ?? "") }));
  else
    tell(
      `Exported ${counted.conversations} conversations with ${counted.messages} messages${out ? ` to ${out}` : ""}.`,
    );
  return 0;
}

interface Counted {
  conversations: number;
  messages: number;
}

const ID_MAX = 2 ** 31 - 1;

function idOf(option: string, text: string): number {
  const id = Number(text);
  const isId =
    /^\d+$/.test(text) && id > 0 && (option === "--tenant" ? id <= ID_MAX : Number.isSafeInteger(id));
  if (!isId) throw new UsageError(`${option} is a number, such as ${option} 1.`);
  return id;
}

/** Only a whole export gets its name; it holds what customers wrote, so it is for its owner alone. */
async function writeFile(kernel: Kernel, wish: ExportWish, file: string): Promise<Counted> {
  const part = `${file}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  await once(stream, "open").catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be written (${error.code}): choose another place with --out.`);
  });
  try {
    const counted = await writeAll(kernel, wish, stream);
    stream.end();
    await once(stream, "close");
    await rename(part, file);
    return counted;
  } catch (error) {
    stream.destroy();
    await rm(part, { force: true });
    throw error;
  }
}

/** Writes each conversation in pieces, so that a long one is never whole in memory. */
async function writeAll(kernel: Kernel, wish: ExportWish, to: Writable): Promise<Counted> {
  if (!kernel.registry.tenant(wish.tenantId))
    throw new Error(`There is no company ${wish.tenantId}: augenhoehe tenant list shows them.`);
  const counted: Counted = { conversations: 0, messages: 0 };
  let broken: Error | null = null;
  const onError = (error: Error): void => {
    broken = error;
  };
  to.on("error", onError);
  const write = async (text: string): Promise<void> => {
    if (!to.write(text) && !broken) await Promise.race([once(to, "drain"), once(to, "close")]);
    if (broken) throw broken;
  };
  for await (const { conversation, messages } of exportConversations(kernel, wish)) {
    await write(`${JSON.stringify(conversation).slice(0, -1)},"messages":[`);
    let separator = "";
    for await (const page of messages) {
      await write(separator + page.map((message) => JSON.stringify(message)).join(","));
      separator = ",";
      counted.messages += page.length;
    }
    await write("]}\n");
    counted.conversations += 1;
  }
  to.off("error", onError);
  if (wish.conversationId !== undefined && counted.conversations === 0)
    throw new Error(`Company ${wish.tenantId} has no conversation ${wish.conversationId}.`);
  return counted;
}
