import { caddySnippet, nginxSnippet, type Snippet } from "./proxy.ts";
import type { Answers } from "./questions.ts";
import { readSettings, SETTINGS_PATH, settingsText } from "./settings-file.ts";
import { SERVICE_USER, UNIT_PATH, unitText } from "./unit.ts";
import type { Said } from "./words.ts";

/** From answers and what the machine has already to steps. Pure, so that it is shown before anything is done. */

export interface Facts {
  isRoot: boolean;
  hasSystemd: boolean;
  userExists: boolean;
  /** Texts of files as they stand; missing ones are absent. */
  files: Readonly<Record<string, string>>;
  /** Mode of the settings file, e.g. 0o600. */
  settingsMode: number | null;
  /** null: not there; else whether it belongs to the service's user and is closed to others. */
  dataDir: { isOurs: boolean } | null;
  hasDatabase: boolean;
  /** The first folder above the program or the data that the service's user may not enter; null: none. */
  closedFolder: string | null;
  arePagesBuilt: boolean;
  isEnabled: boolean;
  isActive: boolean;
  /** Programs of others on the ports that we need, e.g. {80: "nginx"}. */
  taken: Readonly<Record<number, string>>;
  root: string;
  node: string;
  port: number;
}

export type Action =
  | { do: "user" }
  | { do: "folder"; path: string }
  | { do: "file"; path: string; text: string; mode: number }
  | { do: "pages" }
  | { do: "service" };

export interface Step {
  what: Said;
  state: "new" | "changed" | "kept";
  action: Action;
}

export interface Plan {
  steps: readonly Step[];
  /** Why it cannot be done as it is; then nothing is. */
  blockers: readonly Said[];
  /** What is left to a person. */
  afterwards: readonly Said[];
}

export function planSetup(domain: string, answers: Answers, facts: Facts): Plan {
  const isSelf = answers.certificate === "self";
  const unit = unitText({
    domain,
    isSelf,
    root: facts.root,
    node: facts.node,
    dataDir: answers.dataDir,
    settings: SETTINGS_PATH,
  });
  const snippet = snippetOf(domain, answers, facts.port);
  const settings = settingsText(facts.files[SETTINGS_PATH] ?? "", domain, answers);
  const files = [
    fileStep(facts, { path: SETTINGS_PATH, text: settings, mode: 0o600 }, said("Einstellungen", "Settings")),
    fileStep(
      facts,
      { path: UNIT_PATH, text: unit, mode: 0o644 },
      said("Dienst für systemd", "Unit for systemd"),
    ),
    ...(snippet
      ? [
          fileStep(
            facts,
            { ...snippet, mode: 0o644 },
            said("Vorlage für den Webserver", "Snippet for the web server"),
          ),
        ]
      : []),
  ];
  const steps: Step[] = [
    {
      what: said(`Benutzer ${SERVICE_USER}`, `User ${SERVICE_USER}`),
      state: facts.userExists ? "kept" : "new",
      action: { do: "user" },
    },
    {
      what: said(`Datenordner ${answers.dataDir}`, `Data folder ${answers.dataDir}`),
      state: facts.dataDir === null ? "new" : facts.dataDir.isOurs ? "kept" : "changed",
      action: { do: "folder", path: answers.dataDir },
    },
    {
      what: said("Seiten für Kunden und Team", "Pages for customers and staff"),
      state: facts.arePagesBuilt ? "kept" : "new",
      action: { do: "pages" },
    },
    ...files,
  ];
  if (facts.hasSystemd && answers.start) steps.push(serviceStep(facts, steps));
  return {
    steps,
    blockers: blockersOf(answers, facts),
    afterwards: [...(snippet ? [snippet.next] : []), ...startByHand(answers, facts)],
  };
}

function said(de: string, en: string): Said {
  return { de, en };
}

function snippetOf(domain: string, { certificate }: Answers, port: number): Snippet | null {
  if (certificate === "caddy") return caddySnippet(domain, port);
  if (certificate === "nginx") return nginxSnippet(domain, port);
  return null;
}

function fileStep(facts: Facts, file: { path: string; text: string; mode: number }, name: Said): Step {
  const before = facts.files[file.path];
  const { path, text, mode } = file;
  const isModeRight = path !== SETTINGS_PATH || facts.settingsMode === mode;
  return {
    what: said(`${name.de} ${path}`, `${name.en} ${path}`),
    state: before === undefined ? "new" : before === text && isModeRight ? "kept" : "changed",
    action: { do: "file", path, text, mode },
  };
}

/** Started anew only when something it reads has changed. */
function serviceStep(facts: Facts, before: readonly Step[]): Step {
  const isSame = before.every(({ state }) => state === "kept");
  const isUp = facts.isEnabled && facts.isActive;
  return {
    what: said("Dienst starten, auch bei jedem Einschalten", "Start the service, with every boot, too"),
    state: isUp && isSame ? "kept" : facts.isActive ? "changed" : "new",
    action: { do: "service" },
  };
}

function blockersOf({ certificate, dataDir }: Answers, facts: Facts): Said[] {
  const found: Said[] = [];
  if (!facts.isRoot)
    found.push(
      said(
        "Dafür braucht es die Rechte des Systemverwalters: noch einmal mit sudo davor.",
        "This needs the rights of the system's administrator: once more with sudo before it.",
      ),
    );
  if (facts.closedFolder)
    found.push(
      said(
        `Der Dienst darf ${facts.closedFolder} nicht betreten: das Programm z. B. nach /opt/augenhoehe legen, oder den Ordner öffnen (chmod o+x ${facts.closedFolder}).`,
        `The service may not enter ${facts.closedFolder}: put the program into e.g. /opt/augenhoehe, or open the folder (chmod o+x ${facts.closedFolder}).`,
      ),
    );
  const before = readSettings(facts.files[SETTINGS_PATH] ?? "").AUGENHOEHE_DATA;
  if (before && before !== dataDir && facts.hasDatabase)
    found.push(
      said(
        `Die Daten liegen in ${before}. Setup verschiebt sie nicht: systemctl stop augenhoehe, mv ${before} ${dataDir}, in ${SETTINGS_PATH} AUGENHOEHE_DATA ändern, dann noch einmal.`,
        `The data lie in ${before}. Setup does not move them: systemctl stop augenhoehe, mv ${before} ${dataDir}, change AUGENHOEHE_DATA in ${SETTINGS_PATH}, then once more.`,
      ),
    );
  if (certificate === "self")
    for (const [port, program] of Object.entries(facts.taken))
      found.push(
        said(
          `Port ${port} benutzt schon ${program}: dieses Programm beenden, oder bei der Frage nach https 2 (Caddy) oder 3 (nginx) wählen.`,
          `${program} uses port ${port} already: stop it, or answer 2 (Caddy) or 3 (nginx) to the question about https.`,
        ),
      );
  return found;
}

function startByHand({ start }: Answers, { hasSystemd, root }: Facts): Said[] {
  if (hasSystemd && start) return [];
  if (hasSystemd)
    return [said("Starten: systemctl enable --now augenhoehe", "Start: systemctl enable --now augenhoehe")];
  return [
    said(
      `Hier läuft kein systemd (Container?). Starten Sie als Benutzer ${SERVICE_USER} mit den Einstellungen aus ${SETTINGS_PATH}: ${root}/bin/augenhoehe start --no-demo`,
      `No systemd runs here (a container?). Start as user ${SERVICE_USER} with the settings of ${SETTINGS_PATH}: ${root}/bin/augenhoehe start --no-demo`,
    ),
  ];
}
