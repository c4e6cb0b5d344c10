/** @jsxImportSource preact */
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import "@fontsource-variable/familjen-grotesk/wght.css";
import "@fontsource-variable/red-hat-text/wght.css";
import "../ui/tokens.css";
import "./courier.css";
import "./forms.css";
import "./map.css";
import "./parts.css";
import { ProblemPage } from "../customer-page/problem.tsx";
import { firstKnown } from "../widget/page-language.ts";
import { formatOf } from "./format.ts";
import { openStore } from "./state/indexed-store.ts";
import { takeKey } from "./state/key.ts";
import { Session } from "./state/session.ts";
import { Courier, type Said } from "./view/context.ts";
import { MoreSheet } from "./view/more.tsx";
import { Shifts } from "./view/shifts.tsx";
import { themeOf } from "./view/theme.ts";
import { Tour } from "./view/tour.tsx";
import { useScreen } from "./view/use-screen.ts";
import { wordsOf } from "./words.ts";
import { listen } from "./worker/register.ts";

const SAID_MS = 6_000;

function Page({ session }: { session: Session }) {
  const [state, setState] = useState(session.snapshot);
  useEffect(() => session.subscribe(() => setState(session.snapshot)), [session]);
  const [said, setSaid] = useSaid();
  const [isMore, setMore] = useState(false);
  const { page, settings, shifts } = state;
  const language =
    settings.language ?? page?.courier.language ?? firstKnown([...navigator.languages]) ?? "de";
  const words = wordsOf(language, page?.courier.formOfAddress ?? "sie");
  const [screen, show] = useScreen(shifts.find(({ state: one }) => one === "out")?.id ?? null);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language, words]);
  useEffect(() => {
    document.documentElement.dataset.theme = themeOf(settings.theme);
  });
  const context = useMemo(
    () => ({
      words,
      language,
      session,
      state,
      formatOf: ({ timeZone }: { timeZone: string }) => formatOf(language, timeZone),
      say: setSaid,
    }),
    [words, language, session, state, setSaid],
  );
  if (state.isEnded)
    return (
      <ProblemPage
        problem={words.ended(state.queue.filter((one) => one.state === "waiting").length)}
        onRetry={() => void session.refresh()}
      />
    );
  if (!page)
    return state.net === "offline" || state.net === "busy" ? (
      <ProblemPage problem={words.noPage} onRetry={() => void session.refresh()} />
    ) : (
      <p class="wrap loading" role="status">
        {words.loading}
      </p>
    );
  const shift = screen.shiftId === null ? undefined : shifts.find(({ id }) => id === screen.shiftId);
  return (
    <Courier.Provider value={context}>
      {!state.isLasting && <p class="warning bar">{words.notLasting}</p>}
      <div role="alert">{state.isFull && <p class="warning bar">{words.notKept}</p>}</div>
      {shift ? (
        <Tour
          key={shift.id}
          shift={shift}
          shows={screen.shows}
          onShow={(shows) => show({ shiftId: shift.id, shows })}
          onMore={() => setMore(true)}
          onShifts={() => show({ shiftId: null, shows: "next" })}
        />
      ) : (
        <Shifts onOpen={(shiftId) => show({ shiftId, shows: "next" })} onMore={() => setMore(true)} />
      )}
      {isMore && (
        <MoreSheet
          shift={shift ?? null}
          onShifts={() => show({ shiftId: null, shows: "next" })}
          onClose={() => setMore(false)}
        />
      )}
      <SaidLine said={said} undo={words.undo.button} onDone={() => setSaid(null)} />
    </Courier.Provider>
  );
}

function SaidLine({ said, undo, onDone }: { said: Said | null; undo: string; onDone(): void }) {
  return (
    <div class={said ? "said" : "said away"} role="status">
      {said && <span>{said.text}</span>}
      {said?.undo && (
        <button
          type="button"
          onClick={() => {
            onDone();
            said.undo?.();
          }}
        >
          {undo}
        </button>
      )}
    </div>
  );
}

/** A sentence that stands for some seconds. */
function useSaid(): [Said | null, (said: Said | null) => void] {
  const [said, setSaid] = useState<Said | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = window.setTimeout(() => setSaid(null), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [said]);
  return [said, setSaid];
}

async function open(place: Element): Promise<void> {
  const { store, isLasting } = await openStore();
  const key = await takeKey(store);
  if (!key) {
    const language = firstKnown([...navigator.languages]) ?? "de";
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = themeOf("auto");
    render(<ProblemPage problem={wordsOf(language, "sie").noKey} />, place);
    return;
  }
  const session = new Session(store, key, isLasting);
  render(<Page session={session} />, place);
  listen(session);
  await session.start();
}

// A new link in the same tab changes only the fragment, which loads nothing by itself.
window.addEventListener("hashchange", () => window.location.reload());
const place = document.getElementById("page");
if (place) void open(place);
