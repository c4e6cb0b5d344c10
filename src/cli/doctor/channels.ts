import type { Kernel, RegisteredAccount } from "#kernel";
import type { WorkSurvey } from "../../kernel/db/survey.ts";
import { type Finding, withoutSecrets } from "./finding.ts";

/** Providers are asked for so many channels, so many at once; the lights tell about the others. */
const ASKED_MAX = 50;
const AT_ONCE = 8;
const ASK_MS = 15_000;
const SLOW_MS = 5_000;
const LOOPBACK = /^https?:\/\/(localhost|127\.|\[::1\])/;

/** Every active channel: its light, and what its provider says now where we hold a token. */
export async function checkChannels(
  kernel: Pick<Kernel, "adapters" | "registry">,
  lights: WorkSurvey["channels"],
  state: { isNodeRunning: boolean },
): Promise<Finding[]> {
  if (lights.length === 0)
    return [
      {
        name: "channels",
        level: "ok",
        text: "None is connected yet: connect one at the desk under Channels.",
      },
    ];
  const found: Finding[] = [];
  const asked = lights.slice(0, ASKED_MAX);
  for (let n = 0; n < asked.length; n += AT_ONCE)
    found.push(
      ...(await Promise.all(asked.slice(n, n + AT_ONCE).map((light) => checkOne(kernel, light, state)))),
    );
  const others = lights.slice(ASKED_MAX);
  if (others.length > 0) {
    const red = others.filter(({ light }) => light === "bad").length;
    found.push({
      name: "channels",
      level: red > 0 ? "bad" : "ok",
      text: `${others.length} more were not asked; ${red} of them have a red light${red > 0 ? ": see the desk" : ""}.`,
    });
  }
  return found;
}

async function checkOne(
  kernel: Pick<Kernel, "adapters" | "registry">,
  { id, tenantId, light, text }: WorkSurvey["channels"][number],
  state: { isNodeRunning: boolean },
): Promise<Finding> {
  const account = kernel.registry.account(id);
  const name = `channel ${id}`;
  const place = `${account?.kind ?? "unknown"} of company ${tenantId}`;
  const said = withoutSecrets(text, account?.token ? [account.token] : []);
  const begun = performance.now();
  const answer = account ? await ask(kernel, account, state) : null;
  const seconds = Math.round((performance.now() - begun) / 1_000);
  if (answer && !answer.ok)
    return {
      name,
      level: "bad",
      text: `${place}: the provider says "${answer.text}"; check token and number at the desk.`,
    };
  if (light === "bad")
    return {
      name,
      level: "bad",
      text: `${place}: the light is red (${said}); mend it at the provider, then send a message.`,
    };
  if (light === "warn")
    return {
      name,
      level: "warn",
      text: `${place}: the light is yellow (${said}); it mends itself, or see the provider's notices.`,
    };
  if (answer && seconds * 1_000 >= SLOW_MS)
    return {
      name,
      level: "warn",
      text: `${place}: the provider took ${seconds} s to answer, so messages come and go late; if it stays so, ask the provider.`,
    };
  return {
    name,
    level: "ok",
    text: `${place}: ${answer ? "the provider answers" : (whyNotAsked(account) ?? "the light is not red")}.`,
  };
}

function whyNotAsked(account: RegisteredAccount | undefined): string | null {
  if (account?.kind === "web") return "needs no provider";
  return account && LOOPBACK.test(account.apiBase) ? "its simulator runs with the node only" : null;
}

async function ask(
  kernel: Pick<Kernel, "adapters">,
  account: RegisteredAccount,
  state: { isNodeRunning: boolean },
): Promise<{ ok: boolean; text: string } | null> {
  const adapter = kernel.adapters.get(account.kind);
  if (!adapter?.check || account.token === "") return null;
  if (account.apiBase === "" || (LOOPBACK.test(account.apiBase) && !state.isNodeRunning)) return null;
  const late = new Promise<{ ok: boolean; text: string }>((done) => {
    setTimeout(() => done({ ok: false, text: `no answer for ${ASK_MS / 1000} s` }), ASK_MS).unref();
  });
  const answer = await Promise.race([adapter.check(account), late]).catch((error: Error) => ({
    ok: false,
    text: error.message,
  }));
  return { ok: answer.ok, text: withoutSecrets(answer.text, [account.token]) };
}
