import { createServer } from "node:net";
import { type Config, version } from "#kernel";
import type { Finding } from "./finding.ts";

const ANSWER_MS = 3_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

interface Health {
  version: string;
  database: string;
  pumpLagSeconds: number | null;
}

/** Is the port free, or does a node of ours answer there? */
export async function checkPort(config: Config): Promise<{ finding: Finding; isOurs: boolean }> {
  const place = `${config.host}:${config.port}`;
  if (config.port === 0)
    return { finding: { name: "port", level: "ok", text: "Any free port (PORT is 0)." }, isOurs: false };
  const fault = await tryToListen(config);
  if (fault === null)
    return { finding: { name: "port", level: "ok", text: `${place} is free.` }, isOurs: false };
  if (fault !== "EADDRINUSE")
    return { finding: { name: "port", level: "bad", text: refusal(place, fault) }, isOurs: false };
  const health = await readHealth(`http://${connectable(config.host)}:${config.port}`);
  if (!health)
    return {
      finding: {
        name: "port",
        level: "bad",
        text: `${place} is taken by another program: stop it, or start with --port.`,
      },
      isOurs: false,
    };
  return { finding: ourNode(place, health), isOurs: true };
}

function ourNode(place: string, health: Health): Finding {
  if (health.database !== "ok")
    return {
      name: "port",
      level: "bad",
      text: `Our node answers on ${place}, but its database is away: look at postgres.log in the data folder.`,
    };
  if (health.version !== version)
    return {
      name: "port",
      level: "warn",
      text: `Our node answers on ${place} with version ${health.version}, this is ${version}: start it again.`,
    };
  return { name: "port", level: "ok", text: `Our node answers on ${place}.` };
}

function refusal(place: string, fault: string): string {
  if (fault === "EACCES")
    return `This user may not listen on ${place}: take a port above 1023 and put a reverse proxy before it.`;
  if (fault === "EADDRNOTAVAIL" || fault === "ENOTFOUND")
    return `${place} is no address of this machine: set HOST to 127.0.0.1, or to 0.0.0.0 for all.`;
  return `${place} cannot be used (${fault}): choose others with --host and --port.`;
}

function tryToListen(config: Config): Promise<string | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? "error"));
    server.listen({ host: config.host, port: config.port }, () => server.close(() => done(null)));
  });
}

/** An address to listen on is not always one to call. */
function connectable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

async function readHealth(base: string): Promise<Health | null> {
  try {
    const answer = await fetch(`${base}/health`, {
      signal: AbortSignal.timeout(ANSWER_MS),
      redirect: "error",
    });
    const health = (await answer.json()) as Partial<Health>;
    const isOurs =
      typeof health.version === "string" && typeof health.database === "string" && "pumpLagSeconds" in health;
    return isOurs ? (health as Health) : null;
  } catch {
    return null;
  }
}

/** The address that customers and providers use: its form, and with a running node whether it leads to one. */
export async function checkPublicUrl(config: Config, state: { isNodeRunning: boolean }): Promise<Finding> {
  const fault = faultOfForm(config);
  if (fault) return fault;
  if (config.publicUrl === "" || !state.isNodeRunning)
    return { name: "public url", level: "ok", text: formText(config) };
  if (await readHealth(config.publicUrl))
    return { name: "public url", level: "ok", text: `${config.publicUrl} leads to a node of ours.` };
  return {
    name: "public url",
    level: "warn",
    text: `${config.publicUrl}/health did not answer from here: check DNS, the certificate and the proxy, unless only the outside can reach it.`,
  };
}

function formText({ publicUrl }: Config): string {
  return publicUrl === ""
    ? "PUBLIC_URL is not set: only this machine reaches the node."
    : `${publicUrl} has the right form.`;
}

function faultOfForm({ publicUrl, host, trustProxy, tlsDomain }: Config): Finding | null {
  const say = (level: "warn" | "bad", text: string): Finding => ({ name: "public url", level, text });
  if (publicUrl === "") {
    if (LOOPBACK.test(host)) return null;
    return say(
      "warn",
      "PUBLIC_URL is not set: set it to the https address that customers and providers use, or links and webhooks name the wrong host.",
    );
  }
  if (!URL.canParse(publicUrl))
    return say("bad", "PUBLIC_URL is no address: it looks like https://desk.example.com");
  const url = new URL(publicUrl);
  const isLocal = LOOPBACK.test(url.hostname);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password)
    return say("bad", "PUBLIC_URL must be an http or https address without a name and password in it.");
  if (url.protocol === "http:" && !isLocal)
    return say(
      "bad",
      "PUBLIC_URL must begin with https: Meta and Telegram deliver to nothing else, and sign-in would go in the clear.",
    );
  if (publicUrl !== url.origin)
    return say("bad", `PUBLIC_URL must be without a path and without a slash at its end: ${url.origin}`);
  if (!(isLocal || trustProxy || tlsDomain))
    return say(
      "warn",
      "TRUST_PROXY is not set: behind a reverse proxy set it to true, or all visitors share the proxy's address and its rate limit.",
    );
  return null;
}
