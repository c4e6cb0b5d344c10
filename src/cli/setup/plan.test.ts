import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { installedSettings } from "../installed.ts";
import { replaceFile } from "./apply.ts";
import { askQuestions } from "./dialogue.ts";
import { type Facts, planSetup } from "./plan.ts";
import { type Answers, questions, readAnswers, readDomain } from "./questions.ts";
import { readSettings, SETTINGS_PATH, settingsText } from "./settings-file.ts";
import { UNIT_PATH, unitText } from "./unit.ts";

const DOMAIN = "chat.firma.example";
const usual: Answers = {
  language: "de",
  certificate: "self",
  email: "",
  dataDir: "/var/lib/augenhoehe",
  start: true,
};
const bare: Facts = {
  isRoot: true,
  hasSystemd: true,
  userExists: false,
  files: {},
  settingsMode: null,
  dataDir: null,
  hasDatabase: false,
  closedFolder: null,
  arePagesBuilt: false,
  isEnabled: false,
  isActive: false,
  taken: {},
  root: "/opt/augenhoehe",
  node: "/opt/augenhoehe/node",
  port: 4242,
};

/** The machine after a plan was carried out. */
function after(facts: Facts, answers: Answers): Facts {
  const files: Record<string, string> = { ...facts.files };
  for (const { action } of planSetup(DOMAIN, answers, facts).steps)
    if (action.do === "file") files[action.path] = action.text;
  const is = { isEnabled: true, isActive: true, arePagesBuilt: true, userExists: true };
  return { ...facts, ...is, files, settingsMode: 0o600, dataDir: { isOurs: true }, hasDatabase: true };
}

const states = (answers: Answers, facts: Facts) =>
  planSetup(DOMAIN, answers, facts).steps.map(({ action, state }) => `${action.do} ${state}`);

test("on a bare machine everything is new, and done a second time everything is kept", () => {
  expect(states(usual, bare)).toEqual([
    "user new",
    "folder new",
    "pages new",
    "file new",
    "file new",
    "service new",
  ]);
  const twice = planSetup(DOMAIN, usual, after(bare, usual));
  expect(twice.steps.every(({ state }) => state === "kept")).toBe(true);
  expect(twice.blockers).toEqual([]);
});

test("what broke is mended, and only then the service starts anew", () => {
  const done = after(bare, usual);
  expect(states(usual, { ...done, settingsMode: 0o644 })).toEqual([
    "user kept",
    "folder kept",
    "pages kept",
    "file changed",
    "file kept",
    "service changed",
  ]);
  expect(states(usual, { ...done, files: { [SETTINGS_PATH]: done.files[SETTINGS_PATH] ?? "" } })).toContain(
    "file new",
  );
  expect(states(usual, { ...done, isActive: false }).at(-1)).toBe("service new");
});

test("the operator's own settings stay when setup writes its lines", () => {
  const first = settingsText("", DOMAIN, { ...usual, email: "it@firma.example" });
  expect(readSettings(first)).toEqual({
    AUGENHOEHE_DATA: "/var/lib/augenhoehe",
    PUBLIC_URL: `https://${DOMAIN}`,
    TLS_DOMAIN: DOMAIN,
    ACME_EMAIL: "it@firma.example",
  });
  const edited = `${first}# ours\nLOG_LEVEL="info"\n`;
  const second = settingsText(edited, DOMAIN, { ...usual, certificate: "nginx" });
  expect(second).toContain("# ours\n");
  expect(readSettings(second)).toEqual({
    AUGENHOEHE_DATA: "/var/lib/augenhoehe",
    PUBLIC_URL: `https://${DOMAIN}`,
    TRUST_PROXY: "true",
    LOG_LEVEL: "info",
  });
  expect(settingsText(second, DOMAIN, { ...usual, certificate: "nginx" })).toBe(second);
});

test.each([
  ["nobody's rights", { isRoot: false }, usual, /sudo/],
  ["a closed folder", { closedFolder: "/root" }, usual, /chmod o\+x \/root/],
  ["a busy port", { taken: { 80: "nginx" } }, usual, /nginx uses port 80/],
])("%s is a sentence, and nothing is done", (_, more, answers, words) => {
  const { blockers } = planSetup(DOMAIN, answers, { ...bare, ...more });
  expect(blockers.map(({ en }) => en).join()).toMatch(words);
});

test("data are not moved behind anybody's back; a busy port is right behind a proxy", () => {
  const done = after(bare, usual);
  const moved = planSetup(DOMAIN, { ...usual, dataDir: "/srv/ah" }, done);
  expect(moved.blockers[0]?.en).toContain("mv /var/lib/augenhoehe /srv/ah");
  const proxied = planSetup(DOMAIN, { ...usual, certificate: "nginx" }, { ...bare, taken: {} });
  expect(proxied.blockers).toEqual([]);
  expect(proxied.afterwards[0]?.en).toContain("certbot --nginx");
  expect(proxied.steps.some(({ action }) => action.do === "file" && action.path.endsWith("nginx.conf"))).toBe(
    true,
  );
});

test("without systemd the unit is written and the start is told", () => {
  const { steps, afterwards } = planSetup(DOMAIN, usual, { ...bare, hasSystemd: false });
  expect(steps.some(({ action }) => action.do === "service")).toBe(false);
  expect(afterwards.at(-1)?.de).toContain("kein systemd");
});

test("at most six questions with the last 'set it up?', and Enter takes every default", async () => {
  expect(questions.length + 1).toBeLessThanOrEqual(6);
  const input = new PassThrough();
  const output = new PassThrough();
  input.end("\n\n\n\n\n");
  expect(await askQuestions(usual, { input, output })).toEqual(usual);
  expect(String(output.read())).toContain("Let's Encrypt");
});

test("what is not understood is asked again; what does not matter is not asked", async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  input.end("en\n7\n2\nrelative/path\n/srv/ah/\nno\n");
  expect(await askQuestions(usual, { input, output })).toEqual({
    language: "en",
    certificate: "caddy",
    email: "",
    dataDir: "/srv/ah",
    start: false,
  });
  const said = String(output.read());
  expect(said).toContain("Please 1, 2 or 3.");
  expect(said).not.toContain("E-mail address");
});

test("a file of answers is read strictly", () => {
  expect(readAnswers('{"certificate":"caddy"}', usual)).toEqual({ ...usual, certificate: "caddy" });
  expect(() => readAnswers("{", usual)).toThrow("no JSON");
  expect(() => readAnswers('{"dataDir":"here"}', usual)).toThrow("dataDir");
  expect(() => readAnswers('{"passwort":"x"}', usual)).toThrow("passwort");
});

test.each([
  ["Chat.Firma.Example.", "chat.firma.example"],
  ["müller.example", "xn--mller-kva.example"],
])("the domain %s is read as %s", (typed, read) => {
  expect(readDomain(typed)).toBe(read);
});

test.each(["https://firma.example", "firma.example/chat", "192.0.2.1", "localhost", "a b.example", ""])(
  "%s is no domain",
  (typed) => {
    expect(() => readDomain(typed)).toThrow("without https://");
  },
);

test("a settings file replaces the old one whole and is for its owner only", () => {
  const folder = mkdtempSync(join(tmpdir(), "setup-"));
  try {
    const path = join(folder, "etc", "settings.env");
    replaceFile(path, "A=1\n", 0o600);
    writeFileSync(path, "A=1\n", { mode: 0o644 });
    replaceFile(path, "A=2\n", 0o600);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(installedSettings(["doctor"], {}, path)).toEqual({ A: "2" });
    expect(installedSettings(["doctor", "--data", "x"], {}, path)).toEqual({});
    expect(installedSettings(["start"], {}, path)).toEqual({});
    expect(installedSettings(["doctor"], { DATABASE_URL: "postgres://x" }, path)).toEqual({});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const hasAnalyze = spawnSync("systemd-analyze", ["--version"]).status === 0;
test.skipIf(!hasAnalyze)("systemd finds no fault in the unit (skipped without systemd-analyze)", () => {
  const folder = mkdtempSync(join(tmpdir(), "setup-"));
  try {
    for (const isSelf of [true, false]) {
      const text = unitText({
        domain: DOMAIN,
        root: folder,
        node: process.execPath,
        dataDir: folder,
        settings: join(folder, "settings.env"),
        isSelf,
      });
      const path = join(folder, UNIT_PATH.split("/").at(-1) ?? "");
      writeFileSync(path, text);
      const asked = spawnSync("systemd-analyze", ["verify", "--man=no", path], { encoding: "utf8" });
      // It also complains about other units of the machine; ours has to be without a word.
      expect(asked.stderr.split("\n").filter((line) => line.includes("augenhoehe"))).toEqual([]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
