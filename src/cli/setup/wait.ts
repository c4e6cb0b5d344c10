import { tlsFolder } from "#kernel";
import type { Answers } from "./questions.ts";
import type { Said } from "./words.ts";

/** Until the service answers and has its certificate; each wait has an end and a sentence. */

const UP_MS = 60_000;
const CERTIFICATE_MS = 150_000;
const LOOK_MS = 500;

async function until(limitMs: number, look: () => Promise<boolean> | boolean): Promise<boolean> {
  for (let waited = 0; waited < limitMs; waited += LOOK_MS) {
    if (await look()) return true;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return false;
}

/** @returns the exit code so far */
export async function waitUntilUp(
  domain: string,
  { certificate, dataDir }: Answers,
  { port, say }: { port: number; say(text: Said): void },
): Promise<number> {
  say({ de: "Warte, bis der Dienst antwortet …", en: "Waiting for the service to answer …" });
  const isUp = await until(UP_MS, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    return answer?.ok ?? false;
  });
  if (!isUp) {
    say({
      de: "Der Dienst antwortet nicht. Warum, steht in: journalctl -u augenhoehe -n 30",
      en: "The service does not answer. Why, says: journalctl -u augenhoehe -n 30",
    });
    return 1;
  }
  if (certificate !== "self") return 0;
  say({ de: "Warte auf das Zertifikat …", en: "Waiting for the certificate …" });
  const folder = tlsFolder(dataDir);
  const hasDecided = () => folder.certificate(domain) !== null || folder.trouble(domain) !== null;
  await until(CERTIFICATE_MS, hasDecided);
  if (folder.certificate(domain)) return 0;
  const text = folder.trouble(domain)?.text ?? "";
  say({
    de: `Noch kein Zertifikat; der Knoten versucht es von selbst weiter. ${text}`,
    en: `No certificate yet; the node goes on trying by itself. ${text}`,
  });
  return 1;
}
