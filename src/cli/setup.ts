import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readConfig, tlsFolder } from "#kernel";
import type { Finding } from "./doctor/finding.ts";
import { outside } from "./doctor/outside.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";
import { applyAction, serviceIds } from "./setup/apply.ts";
import { checkBefore, firewallHint } from "./setup/checks.ts";
import { askQuestions } from "./setup/dialogue.ts";
import { gatherFacts, PROGRAM, run, textOf } from "./setup/machine.ts";
import { type Plan, planSetup, type Step } from "./setup/plan.ts";
import { type Answers, readAnswers, readDomain } from "./setup/questions.ts";
import { readSettings, SETTINGS_PATH } from "./setup/settings-file.ts";
import { waitUntilUp } from "./setup/wait.ts";
import { type Said, tongueOf } from "./setup/words.ts";

/** `setup DOMAIN`: puts a node online, or repairs one; first the plan, then the work. Exit code 1 when something is left. */
export async function setupCommand(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      answers: { type: "string" },
      yes: { type: "boolean", default: false },
      plan: { type: "boolean", default: false },
    },
  });
  if (positionals.length !== 1) throw new UsageError("Give one domain: augenhoehe setup chat.example.org");
  const domain = readDomain(positionals[0]);
  const defaults = defaultAnswers(domain, readSettings(textOf(SETTINGS_PATH) ?? ""));
  const isAsking = !(values.yes || values.answers || values.plan);
  const answers = values.answers
    ? readAnswers(readFileSync(values.answers, "utf8"), defaults)
    : isAsking
      ? await askQuestions(defaults, { input: process.stdin, output: process.stderr })
      : defaults;
  const word = (text: Said): string => text[answers.language];
  const { port } = readConfig({ dataDir: answers.dataDir });
  const isSelf = answers.certificate === "self";
  const facts = await gatherFacts({ dataDir: answers.dataDir, port, usesPorts: isSelf });
  const plan = planSetup(domain, answers, facts);
  const mayListen = isSelf && facts.isRoot && !facts.isActive && Object.keys(facts.taken).length === 0;
  const before = await checkBefore(
    domain,
    { dataDir: answers.dataDir, listen: mayListen, port: 80 },
    outside,
  );
  print(planText(plan, before, answers.language));
  if (plan.blockers.length > 0) return 1;
  if (values.plan) return 0;
  if (isAsking && !(await confirmed(answers))) return 1;
  const ownerLink = applyAll(plan.steps, answers);
  return finish(domain, answers, { plan, port, ownerLink, isUp: plan.steps.some(isService), word });
}

const isService = ({ action }: Step): boolean => action.do === "service";

/** An earlier setup's answers are the defaults of the next. */
function defaultAnswers(domain: string, settings: Record<string, string>): Answers {
  const isProxied = settings.PUBLIC_URL !== undefined && !settings.TLS_DOMAIN;
  const proxy = textOf("/etc/augenhoehe/nginx.conf")?.includes(domain) ? "nginx" : "caddy";
  return {
    language: tongueOf(process.env.LC_ALL || process.env.LANG),
    certificate: isProxied ? proxy : "self",
    email: settings.ACME_EMAIL ?? "",
    dataDir: settings.AUGENHOEHE_DATA ?? "/var/lib/augenhoehe",
    start: true,
  };
}

const STATES: Record<Step["state"], Said> = {
  new: { de: "neu", en: "new" },
  changed: { de: "ändern", en: "change" },
  kept: { de: "bleibt", en: "kept" },
};

function planText(plan: Plan, before: readonly Finding[], language: Answers["language"]): string {
  const lines = plan.steps.map(
    ({ state, what }) => `  ${STATES[state][language].padEnd(7)} ${what[language]}`,
  );
  const checks = before.map(({ level, name, text }) => `  ${level.padEnd(7)} ${name}: ${text}`);
  const blockers = plan.blockers.map((text) => `  ${text[language]}`);
  const heads =
    language === "de"
      ? ["Das wird getan:", "Gesehen:", "So geht es nicht, nichts wurde geändert:"]
      : ["This will be done:", "Seen:", "It cannot be done like this, nothing was changed:"];
  const parts = [
    [heads[0], ...lines],
    [heads[1], ...checks],
    ...(blockers.length > 0 ? [[heads[2], ...blockers]] : []),
  ];
  return parts.map((part) => part.join("\n")).join("\n\n");
}

async function confirmed({ language }: Answers): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await lines.question(
    language === "de" ? "\nSo einrichten? [ja] > " : "\nSet it up like this? [yes] > ",
  );
  lines.close();
  return /^(j|ja|y|yes)?$/i.test(typed.trim());
}

/** @returns the first owner's link, "" when there is one @throws Error that names what was done and kept */
function applyAll(steps: readonly Step[], answers: Answers): string {
  const { language } = answers;
  let link: string | null = null;
  for (const { action, state, what } of steps) {
    // Before the first start, so that the link stands in this terminal only and in no log.
    if (action.do === "service") link = linkForOwner(answers);
    if (state === "kept") continue;
    tell(`${what[language]} …`);
    try {
      applyAction(action);
    } catch (error) {
      const said = (error as Error).message;
      throw new Error(
        language === "de"
          ? `»${what.de}« gelang nicht (${said}). Was davor steht, ist getan und bleibt; beheben Sie es und starten Sie setup noch einmal.`
          : `"${what.en}" failed (${said}). What stands before it is done and stays; mend it and start setup once more.`,
      );
    }
  }
  return link ?? linkForOwner(answers);
}

/** @returns "" when there is an owner */
function linkForOwner({ dataDir }: Answers): string {
  const settings = readSettings(textOf(SETTINGS_PATH) ?? "");
  const done = spawnSync(process.execPath, [`${PROGRAM}/src/cli/main.ts`, "owner-link"], {
    ...serviceIds(),
    cwd: "/",
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", HOME: dataDir, ...settings },
  });
  if (done.status !== 0) throw new Error(done.stderr.trim() || "The database could not be made.");
  return done.stdout.trim();
}

interface Finishing {
  plan: Plan;
  port: number;
  ownerLink: string;
  isUp: boolean;
  word(text: Said): string;
}

async function finish(
  domain: string,
  answers: Answers,
  { plan, port, ownerLink, isUp, word }: Finishing,
): Promise<number> {
  let code = 0;
  if (isUp) {
    // Whoever runs setup again has mended something: the next try need not wait for its pause.
    if (answers.certificate === "self") tlsFolder(answers.dataDir).noteTrouble(domain, null);
    code = await waitUntilUp(domain, answers, { port, say: (text) => tell(word(text)) });
    const doctor = spawnSync(process.execPath, [`${PROGRAM}/src/cli/main.ts`, "doctor"], {
      encoding: "utf8",
    });
    print(`\n${doctor.stdout.trim()}`);
    code = Math.max(code, doctor.status ?? 1);
  }
  const lines = [
    ...plan.afterwards.map(word),
    firewallHint(run),
    ...(ownerLink
      ? [
          word({
            de: `Der erste Inhaber meldet sich hier an (gilt 7 Tage, einmal): ${ownerLink}`,
            en: `The first owner signs up here (good for 7 days, once): ${ownerLink}`,
          }),
        ]
      : []),
    word({
      de: "Danach im Desk unter Haus, Kanäle: WhatsApp, Telegram, E-Mail und die eigene Website verbinden; oder augenhoehe connect.",
      en: "Then at the desk under House, Channels: connect WhatsApp, Telegram, e-mail and your website; or augenhoehe connect.",
    }),
  ];
  print(`\n${lines.join("\n")}`);
  return code;
}
