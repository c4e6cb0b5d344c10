/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Told } from "../../customer-page/company.ts";
import { browserLanguage, useDress } from "../../customer-page/dress.ts";
import { Frame } from "../../customer-page/frame.tsx";
import { ProblemPage } from "../../customer-page/problem.tsx";
import type { Language } from "../../customer-page/words.ts";
import type { Asked, Coin, Invitation } from "../contract.ts";
import { formatOf } from "../format.ts";
import type { Session } from "../state/session.ts";
import type { KeptWallet } from "../state/wallet-store.ts";
import { wordsOf } from "../words.ts";
import { Buy } from "./buy.tsx";
import { Check } from "./check.tsx";
import { Page, type Screen, usePage } from "./context.ts";
import { History } from "./history.tsx";
import { Home } from "./home.tsx";
import { InvitationPage } from "./invitation.tsx";
import { AskedBackPage, Lost } from "./lost.tsx";
import { OfferPage } from "./offer.tsx";
import { Request } from "./request.tsx";
import { Safety } from "./safety.tsx";
import { type Fetched, useFetched } from "./use-fetched.ts";
import { useScreen } from "./use-screen.ts";

/** What the page dresses by: a company's words and colours, its zone, a coin. */
type Worn = Told & { timeZone: string; coin: Coin };

const EVERY_MS = 6_000;
const NO_COIN = { name: "" };

export function App({ session, first }: { session: Session; first: Screen }) {
  const [state, setState] = useState(session.snapshot);
  useEffect(() => session.subscribe(() => setState(session.snapshot)), [session]);
  const [screen, go] = useScreen(first);
  const [picked, setPicked] = useState<Language | null>(null);
  const asked = useRequest(session, screen);
  const invitation = useInvitation(session, screen);
  const coinOf = asked.data?.coin.tenantId;
  useEffect(() => {
    if (coinOf !== undefined) session.choose(coinOf);
  }, [session, coinOf]);
  const { wallet } = state;
  const worn: Worn | null = asked.data ?? invitation.data ?? wallet?.me ?? null;
  const language = picked ?? worn?.language ?? browserLanguage();
  const words = useMemo(
    () => wordsOf(language, worn?.formOfAddress ?? "sie"),
    [language, worn?.formOfAddress],
  );
  useDress(worn?.company, language, words.title);
  const zone = worn?.timeZone ?? "Europe/Berlin";
  const coin = worn?.coin ?? NO_COIN;
  const format = useMemo(() => formatOf(language, { name: coin.name }, zone), [language, coin.name, zone]);
  return (
    <Page.Provider value={{ session, state, words, language, go, format }}>
      <Framed worn={worn} onLanguage={setPicked}>
        <Shown screen={screen} asked={asked} invitation={invitation} />
      </Framed>
    </Page.Provider>
  );
}

interface FramedProps {
  worn: Worn | null;
  onLanguage(language: Language): void;
  children: ComponentChildren;
}

/** Without a company there is no head to wear. */
function Framed({ worn, onLanguage, children }: FramedProps) {
  const { words, language, state, session } = usePage();
  if (!worn) return <>{children}</>;
  const opened = state.wallets.filter(({ account }) => account !== "");
  const head = opened.length > 1 && (
    <label class="which">
      <span class="hidden">{words.home.which}</span>
      <select value={state.wallet?.id} onChange={(event) => session.show(event.currentTarget.value)}>
        {opened.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Frame company={worn.company} words={words} language={language} onLanguage={onLanguage} head={head}>
      {children}
    </Frame>
  );
}

const nameOf = ({ me, account, label }: KeptWallet): string =>
  `${me?.coin.name ?? label} · ${account.slice(0, 4)}`;

interface ShownProps {
  screen: Screen;
  asked: Fetched<Asked>;
  invitation: Fetched<Invitation>;
}

function Shown({ screen, asked, invitation }: ShownProps) {
  const { words, state, go, session } = usePage();
  const home = () => go({ name: "home" });
  if (screen.name === "unreadable") return <ProblemPage problem={words.problems.unreadable} onRetry={home} />;
  if (screen.name === "offer") return <OfferPage offer={screen.offer} />;
  if (screen.name === "invitation")
    return (
      <Loaded fetched={invitation}>
        {(data) => <InvitationPage invitation={data} place={screen.place} />}
      </Loaded>
    );
  if (screen.name === "request")
    return (
      <Loaded fetched={asked}>
        {(data) => <Request asked={data} place={screen.place} onChange={asked.load} />}
      </Loaded>
    );
  if (screen.name === "lost") return <Lost />;
  const { wallet } = state;
  if (!wallet) return <NoWallet />;
  if (wallet.recovery) return <AskedBackPage wallet={wallet} />;
  if (state.isEnded)
    return <ProblemPage problem={words.problems.ended} onRetry={() => void session.refresh()} />;
  if (!wallet.me)
    return state.net === "unknown" || state.net === "online" ? (
      <Loading />
    ) : (
      <ProblemPage problem={words.problems.unreachable} onRetry={() => void session.refresh()} />
    );
  return <Own screen={screen} wallet={wallet} />;
}

function Own({ screen, wallet }: { screen: Screen; wallet: KeptWallet }) {
  switch (screen.name) {
    case "history":
      return <History movements={wallet.movements} />;
    case "check":
      return <Check />;
    case "buy":
      return <Buy wallet={wallet} />;
    case "safety":
      return <Safety key={wallet.id} wallet={wallet} account={screen.account} />;
    default:
      return <Home wallet={wallet} />;
  }
}

function Loading() {
  const { words } = usePage();
  return (
    <p class="wrap loading" role="status">
      {words.loading}
    </p>
  );
}

/** No account on this device: how to get one, and the way back to a lost one. */
function NoWallet() {
  const { words, go } = usePage();
  const problem = { ...words.problems.noWallet, retry: words.lost.open };
  return <ProblemPage problem={problem} onRetry={() => go({ name: "lost" })} />;
}

function Loaded<T>({ fetched, children }: { fetched: Fetched<T>; children(data: T): ComponentChildren }) {
  const { words, go } = usePage();
  const { data, failure, load } = fetched;
  if (data) return <>{children(data)}</>;
  if (failure === null) return <Loading />;
  const isMissing = failure === "missing" || failure === "refused" || failure === "ended";
  return isMissing ? (
    <ProblemPage problem={words.problems.noRequest} onRetry={() => go({ name: "home" })} />
  ) : (
    <ProblemPage problem={words.problems.unreachable} onRetry={load} />
  );
}

const nothing = () => new Promise<never>(() => undefined);

/** Read again while it is looked at: the till, or the courier, may bring it on. */
function useRequest(session: Session, screen: Screen): Fetched<Asked> {
  const place = screen.name === "request" ? screen.place : null;
  const load = useCallback(
    () => (place === null ? nothing() : session.parts.anybody.request(place)),
    [session, place],
  );
  return useFetched<Asked>(load, EVERY_MS);
}

function useInvitation(session: Session, screen: Screen): Fetched<Invitation> {
  const place = screen.name === "invitation" ? screen.place : null;
  const load = useCallback(
    () => (place === null ? nothing() : session.parts.anybody.invitation(place)),
    [session, place],
  );
  return useFetched<Invitation>(load, 0);
}
