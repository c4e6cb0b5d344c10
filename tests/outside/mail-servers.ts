import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Dovecot and Exim as Debian ships them, without any right of their own: a folder under /tmp, free ports of this
 * machine, one password for everybody. Exim delivers into the mailboxes that Dovecot shows.
 */

const DOVECOT = "/usr/sbin/dovecot";
const EXIM = "/usr/sbin/exim4";
const PASSWORD = "geheim";
/** The account "nobody" of Debian, where the tests run as root: Dovecot lets no root have mail. */
const NOBODY = 65_534;

export const hasMailServers = existsSync(DOVECOT) && existsSync(EXIM) && process.platform === "linux";

export interface MailServers {
  imapPort: number;
  smtpPort: number;
  password: string;
  /** Mails that lie in a mailbox, oldest first. @param name before the @ */
  mailsOf(name: string): Promise<Buffer[]>;
  close(): Promise<void>;
}

interface Account {
  user: string;
  group: string;
  uid: number;
  gid: number;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function accountHere(): Account {
  const uid = process.getuid?.() ?? NOBODY;
  if (uid === 0) return { user: "nobody", group: "nogroup", uid: NOBODY, gid: NOBODY };
  const gid = process.getgid?.() ?? uid;
  return { user: process.env.USER ?? String(uid), group: String(gid), uid, gid };
}

const dovecotConfig = (dir: string, port: number, { user, group, uid, gid }: Account): string => `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
protocols = imap
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%n
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-urlauth-login {
  chroot =
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/mail/%n
}
`;

const eximConfig = (dir: string, port: number, { user, group }: Account): string => `
exim_user = ${user}
exim_group = ${group}
never_users =
deliver_drop_privilege = true
primary_hostname = mx.kontor.example
domainlist local_domains = kontor.example
spool_directory = ${dir}/spool
log_file_path = ${dir}/exim-%slog
pid_file_path = ${dir}/exim.pid
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
queue_run_in_order = true
acl_smtp_rcpt = accept
begin routers
gone:
  driver = redirect
  domains = +local_domains
  local_parts = weg
  data = :fail: no such mailbox
  allow_fail
mailboxes:
  driver = accept
  domains = +local_domains
  local_parts = lsearch;${dir}/names
  local_part_suffix = +*
  local_part_suffix_optional
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = ${dir}/mail/$local_part_data
  maildir_format
  create_directory
  return_path_add
  user = ${user}
  group = ${group}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{${PASSWORD}}}
  server_set_id = $auth2
`;

/** @param names of the mailboxes, before the @. @throws Error with what the server wrote when it does not come up */
export async function startMailServers(names: readonly string[]): Promise<MailServers> {
  const dir = await mkdtemp(join(tmpdir(), "ah-mail-"));
  const account = accountHere();
  const [imapPort, smtpPort] = [await freePort(), await freePort()];
  await writeFile(join(dir, "dovecot.conf"), dovecotConfig(dir, imapPort, account));
  await writeFile(join(dir, "exim.conf"), eximConfig(dir, smtpPort, account));
  await writeFile(join(dir, "names"), names.map((name) => `${name}: ${name}\n`).join(""));
  await chmod(dir, 0o755);
  for (const folder of ["run", "state", "mail", "spool"]) await mkdir(join(dir, folder));
  if (process.getuid?.() === 0)
    for (const path of [dir, ...["run", "state", "mail", "spool"].map((folder) => join(dir, folder))])
      await chown(path, account.uid, account.gid);
  const who = process.getuid?.() === 0 ? { uid: account.uid, gid: account.gid } : {};
  const run = (program: string, args: string[]): ChildProcess =>
    spawn(program, args, { ...who, cwd: dir, stdio: "ignore" });
  const running = [
    run(DOVECOT, ["-F", "-c", join(dir, "dovecot.conf")]),
    run(EXIM, ["-C", join(dir, "exim.conf"), "-bdf", "-q1m"]),
  ];
  const servers: MailServers = {
    imapPort,
    smtpPort,
    password: PASSWORD,
    async mailsOf(name) {
      const mails: { file: string; raw: Buffer }[] = [];
      for (const folder of ["new", "cur"]) {
        const path = join(dir, "mail", name, folder);
        for (const file of await readdir(path).catch(() => []))
          mails.push({ file, raw: await readFile(join(path, file)).catch(() => Buffer.alloc(0)) });
      }
      return mails.sort((a, b) => (a.file < b.file ? -1 : 1)).map(({ raw }) => raw);
    },
    async close() {
      for (const one of running) one.kill("SIGTERM");
      await Promise.all(
        running.map((one) => (one.exitCode === null ? new Promise((done) => one.once("exit", done)) : null)),
      );
      await rm(dir, { recursive: true, force: true });
    },
  };
  for (const port of [imapPort, smtpPort])
    if (!(await answers(port))) {
      const said = await readFile(join(dir, "dovecot.log"), "utf8").catch(() => "");
      const saidToo = await readFile(join(dir, "exim-paniclog"), "utf8").catch(() => "");
      await servers.close();
      throw new Error(`A mail server did not start: ${said} ${saidToo}`);
    }
  return servers;
}

const START_MS = 15_000;

async function answers(port: number): Promise<boolean> {
  for (const end = performance.now() + START_MS; performance.now() < end; ) {
    const isUp = await new Promise<boolean>((done) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("data", () => {
        socket.destroy();
        done(true);
      });
      socket.once("error", () => done(false));
      socket.once("close", () => done(false));
    });
    if (isUp) return true;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  return false;
}
