/** @jsxImportSource preact */
import { browserLanguage } from "../customer-page/dress.ts";
import { ProblemPage } from "../customer-page/problem.tsx";
import { startPage } from "../customer-page/start.tsx";
import "../customer-page/link-page.css";
import "./wallet.css";
import { openAnybody, openOwner } from "./client.ts";
import { errandOf } from "./state/address.ts";
import { Session } from "./state/session.ts";
import { canSign } from "./state/signing.ts";
import { openStore } from "./state/wallet-store.ts";
import { App } from "./view/app.tsx";
import { screenOf } from "./view/use-screen.ts";
import { wordsOf } from "./words.ts";
import { listen } from "./worker/register.ts";

const LOCK = "augenhoehe.wallet";

async function open(): Promise<void> {
  const language = browserLanguage();
  const { problems } = wordsOf(language, "sie");
  document.documentElement.lang = language;
  if (!canSign()) return startPage(<ProblemPage problem={problems.noKeys} />);
  const store = await openStore();
  if (!store) return startPage(<ProblemPage problem={problems.notKept} />);
  const errand = errandOf(window.location.hash);
  const session = new Session({
    store,
    anybody: openAnybody(),
    ownerOf: openOwner,
    now: () => Date.now(),
    // Two tabs must not sign with the same number.
    lock: (work) => navigator.locks.request(LOCK, work),
  });
  // A request names its merchant's company; which coin it is in is told with it.
  await session.start("tenantId" in errand && errand.kind !== "request" ? errand.tenantId : null);
  startPage(<App session={session} first={screenOf(errand)} />);
  listen(session);
  await session.refresh();
}

void open();
