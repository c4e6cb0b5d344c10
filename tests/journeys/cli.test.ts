import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";
import type { Message } from "../../src/kernel/api/conversations.ts";
import { messageId } from "../../src/kernel/ids.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const TOKEN = "EAAG-a-token-nobody-may-see";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ah-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function augenhoehe(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", MAIN, ...args], {
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (part: string) => {
      text[name] += part;
    });
  const code = await new Promise<number>((done) => child.once("close", (end) => done(end ?? -1)));
  return { code, ...text };
}

interface Doctor {
  ok: boolean;
  checks: { name: string; level: string; text: string }[];
}

const named = (doctor: Doctor, name: string) => doctor.checks.find((check) => check.name === name);

describe("a data folder without a running node", () => {
  test("reading commands say that there is nothing, and make nothing", async () => {
    const data = join(folder, "none");
    const list = await augenhoehe(["tenant", "list", "--data", data]);
    expect(list).toMatchObject({ code: 1, stdout: "" });
    expect(list.stderr).toMatch(/^There is no database in .+: name the folder of the node with --data\.\n$/);
    const doctor = await augenhoehe(["doctor", "--data", data, "--port", "0", "--json"]);
    expect(named(JSON.parse(doctor.stdout), "database")).toMatchObject({ level: "warn" });
    expect(await readdir(folder)).not.toContain("none");
  });

  test("tenant create starts the database, gives the password once, and the doctor finds all well", async () => {
    const data = join(folder, "one");
    const owner = ["--owner-email", "Kaethe@Oehl.example", "--owner-name", "Käthe Öhl"];
    const made = await augenhoehe(["tenant", "create", "Bäckerei Öhl", ...owner, "--data", data, "--json"]);
    expect(made.code).toBe(0);
    const first = JSON.parse(made.stdout);
    expect(first).toMatchObject({ id: 1, slug: "baeckerei-oehl" });
    expect(first.oneTimePassword).toMatch(/^[\w-]{12}$/);

    const again = await augenhoehe([
      "tenant",
      "create",
      "Bäckerei Öhl",
      ...owner,
      "--language",
      "en",
      "--data",
      data,
      "--json",
    ]);
    expect(JSON.parse(again.stdout)).toMatchObject({
      id: 2,
      slug: "baeckerei-oehl-2",
      oneTimePassword: null,
    });

    const list = await augenhoehe(["tenant", "list", "--data", data, "--json"]);
    expect(JSON.parse(list.stdout)).toMatchObject([
      { id: 1, slug: "baeckerei-oehl", language: "de", timeZone: "Europe/Berlin", isDemo: false },
      { id: 2, slug: "baeckerei-oehl-2", language: "en" },
    ]);

    const doctor = await augenhoehe(["doctor", "--data", data, "--port", "0", "--json"]);
    const report: Doctor = JSON.parse(doctor.stdout);
    for (const name of [
      "database",
      "durability",
      "clock",
      "migrations",
      "row security",
      "messages sent without basis",
    ])
      expect(named(report, name)).toMatchObject({ level: "ok" });
    expect(doctor.code).toBe(report.ok ? 0 : 1);
    expect(doctor.stdout).not.toContain("oehl.example");
  });

  test("a command line that cannot be read ends with one sentence and code 2", async () => {
    for (const args of [
      ["tenant", "create"],
      ["tenant", "create", "A", "--language", "fr"],
      ["tenant", "create", "A", "--time-zone", "Europe/Atlantis"],
      ["tenant", "create", "A", "--owner-email", "a@b.example"],
      ["tenant", "create", "A", "--owner-email", "nobody", "--owner-name", "N"],
      ["conversation", "export"],
      ["conversation", "export", "--tenant", "one"],
      ["doctor", "--colour"],
    ]) {
      const { code, stdout, stderr } = await augenhoehe([...args]);
      expect({ args, code, stdout, lines: stderr.trimEnd().split("\n").length }).toEqual({
        args,
        code: 2,
        stdout: "",
        lines: 1,
      });
    }
  });
});

describe("a database with work in it", () => {
  let w: World;
  let provider: Server;
  let tenantId: number;
  let channelId: number;
  let env: NodeJS.ProcessEnv;
  const conversation = { full: 0, empty: 0 };

  beforeAll(async () => {
    // The provider refuses the token and, as some proxies do, repeats it.
    provider = createServer((_request, response) => {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: 190, message: `Bad token ${TOKEN} of +49 40 1234567` } }));
    }).listen(0, "127.0.0.1");
    w = await world({ adapters: [whatsapp], startMs: Date.now() });
    tenantId = (await w.tenant({ name: "Kontor" })).id;
    const apiBase = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    channelId = await w.channel(tenantId, {
      kind: "whatsapp",
      address: "10654",
      appId: "wa9",
      token: TOKEN,
      apiBase,
    });
    const { host, port, database } = w.kernel.db.address.config("owner");
    env = {
      DATABASE_URL: `postgres://augenhoehe@${encodeURIComponent(String(host))}:${port}/${database}`,
      AUGENHOEHE_DATA: folder,
    };
    conversation.full = await talk("Käthe", [
      ["customer", "Wo ist mein Paket?", "received"],
      ["bot", "Unterwegs.", "sent"],
      ["agent", "Ruft gern zweimal an.", "note"],
      ["agent", "Kommt morgen.", "read"],
    ]);
    conversation.empty = await talk("Ole", []);
  });
  afterAll(async () => {
    provider.close();
    await w.close();
  });

  async function talk(name: string, said: [author: string, text: string, status: string][]): Promise<number> {
    const now = w.clock.now();
    const at = new Date(now);
    const { rows } = await w.kernel.db.node.query<{ id: number }>(
      `with c as (insert into kernel.contact (tenant_id, name, first_seen_at) values ($1, $2, $3) returning id)
       insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, last_message_at, last_day, created_at)
       select $1, $4, id, '49', 'de', $3, $3::date, $3 from c returning id`,
      [tenantId, name, at, channelId],
    );
    const id = rows[0]?.id ?? 0;
    // What is answered; where nobody asked, a message names itself, which is no reason.
    let asked: string | null = null;
    for (const [author, text, status] of said) {
      const messageKey = messageId(now, now);
      if (author === "customer") asked = messageKey;
      await w.kernel.db.node.query(
        `insert into kernel.message (tenant_id, conversation_id, id, author, staff_id, content, status, purpose, basis_message, sent_at, received_at, processed_at)
         values ($1, $2, $3, $4, case when $4 = 'agent' then 'somebody' end, jsonb_build_object('type', 'text', 'text', $5::text), $6, 'service.reply', $8, $7, $7, $7)`,
        [tenantId, id, messageKey, author, text, status, at, asked ?? messageKey],
      );
    }
    return id;
  }

  async function exported(more: string[]): Promise<{ id: number; messages: Message[] }[]> {
    const { code, stdout } = await augenhoehe(
      ["conversation", "export", "--tenant", String(tenantId), ...more],
      env,
    );
    expect(code).toBe(0);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  const words = (messages: readonly Message[]) => messages.map(({ text }) => text);

  test("an export holds every conversation with its messages in reading order, notes only when asked for", async () => {
    const [first, second] = await exported([]);
    expect(first?.id).toBe(conversation.full);
    expect(words(first?.messages ?? [])).toEqual(["Wo ist mein Paket?", "Unterwegs.", "Kommt morgen."]);
    expect(second).toMatchObject({ id: conversation.empty, messages: [] });
    const [withNotes, ...none] = await exported(["--notes", "--conversation", String(conversation.full)]);
    expect(words(withNotes?.messages ?? [])).toContain("Ruft gern zweimal an.");
    expect(none).toEqual([]);
  });

  test("a long conversation is exported page by page without loss or doubling", async () => {
    const id = await talk("Viel", [["customer", "0", "received"]]);
    const now = w.clock.now();
    const ids = Array.from({ length: 1_100 }, () => messageId(now, now));
    await w.kernel.db.node.query(
      `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
       select $1, $2, m.id, 'customer', jsonb_build_object('type', 'text', 'text', m.n::text), 'received', $3, $3, $3
       from unnest($4::uuid[]) with ordinality m(id, n)`,
      [tenantId, id, new Date(now), ids],
    );
    const [long] = await exported(["--conversation", String(id)]);
    expect(words(long?.messages ?? [])).toEqual(Array.from({ length: 1_101 }, (_, n) => String(n)));
  });

  test("--out writes a whole file for its owner alone, or none", async () => {
    const file = join(folder, "out.jsonl");
    const args = ["conversation", "export", "--tenant", String(tenantId), "--out", file, "--json"];
    const { stdout } = await augenhoehe(args, env);
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    expect(JSON.parse(stdout)).toMatchObject({ conversations: lines.length, file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const missing = join(folder, "missing.jsonl");
    const failed = await augenhoehe(
      ["conversation", "export", "--tenant", String(tenantId), "--conversation", "999999", "--out", missing],
      env,
    );
    expect(failed).toMatchObject({ code: 1, stderr: `Company ${tenantId} has no conversation 999999.\n` });
    expect((await readdir(folder)).filter((name) => name.startsWith("missing"))).toEqual([]);
    const unknown = await augenhoehe(["conversation", "export", "--tenant", "77777"], env);
    expect(unknown).toMatchObject({
      code: 1,
      stderr: "There is no company 77777: augenhoehe tenant list shows them.\n",
    });
  });

  test("the doctor says what is wrong, ends with 1, and shows no secret", async () => {
    const before = await augenhoehe(["doctor", "--port", "0", "--json"], env);
    expect(named(JSON.parse(before.stdout), "messages sent without basis")).toMatchObject({ level: "ok" });
    await talk("Fremd", [["bot", "Kaufen Sie jetzt!", "sent"]]);
    w.worker();
    await w.settle();
    const old = new Date(w.clock.now() - 3_600_000);
    await w.kernel.db.node.query(
      "insert into kernel.parked (tenant_id, id, app_id, body, reason, received_at, parked_at) values ($1, 1, 'wa9', '', 'broken', $2, $2)",
      [tenantId, old],
    );
    await w.kernel.db.node.query(
      "insert into kernel.timer (tenant_id, kind, key, due_at) values ($1, 'nobody', 'k', $2)",
      [tenantId, old],
    );
    const { code, stdout } = await augenhoehe(["doctor", "--port", "0", "--json"], env);
    const report: Doctor = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    expect(named(report, "messages sent without basis")).toMatchObject({ level: "bad" });
    expect(named(report, "parked")).toMatchObject({ level: "warn" });
    expect(named(report, "timers")).toMatchObject({ level: "warn" });
    // The test's server runs without fsync: an operator must hear of it.
    expect(named(report, "durability")).toMatchObject({ level: "bad" });
    expect(named(report, `channel ${channelId}`)).toMatchObject({ level: "bad" });
    expect(named(report, `channel ${channelId}`)?.text).toContain("190");
    for (const secret of [TOKEN, "1234567", "Käthe", "Kaufen"]) expect(stdout).not.toContain(secret);
  });

  test("the doctor sees a table whose row security was switched off", async () => {
    const { default: pg } = await import("pg");
    const owner = new pg.Client(w.kernel.db.address.config("owner"));
    await owner.connect();
    try {
      await owner.query("alter table kernel.contact no force row level security");
      const { code, stdout } = await augenhoehe(["doctor", "--port", "0"], env);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^bad +row security +kernel\.contact/m);
    } finally {
      await owner.query("alter table kernel.contact force row level security");
      await owner.end();
    }
  });

  test("migrate is repeatable and lists every step", async () => {
    const { code, stdout } = await augenhoehe(["migrate", "--json"], env);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.applied).toEqual([]);
    expect(report.all).toContain("kernel/001_kernel.sql");
    expect(report.unknown).toEqual([]);
  });

  test("the demo is not forced upon a node that serves companies", async () => {
    const { code, stderr } = await augenhoehe(["seed"], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Nothing was added/m);
  });
});
