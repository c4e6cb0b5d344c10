import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Problem } from "../../client/problem.ts";
import { chooseTenant } from "../../client/tenant.ts";
import { Toaster } from "../../ui/toast.tsx";
import { countsQuery } from "../conversations/queries.ts";
import { queries } from "../session/queries.ts";
import { type Me, SessionContext } from "../session/session.ts";
import { useText } from "../text/use-text.ts";
import { CallAlarm, useDueCalls } from "./call-alarm.tsx";
import { useCommandKeys } from "./commands.ts";
import { ContactLost } from "./contact-lost.tsx";
import { Failure } from "./failure.tsx";
import { useLiveFeed } from "./live-feed.ts";
import { Rail, Tabs } from "./navigation.tsx";
import { usePageCommands } from "./page-commands.ts";
import { usePaletteKey } from "./palette-key.ts";
import { useOutbox } from "./use-outbox.ts";

const Palette = lazy(async () => ({ default: (await import("../search/palette.tsx")).Palette }));
const Shortcuts = lazy(async () => ({ default: (await import("./shortcuts.tsx")).Shortcuts }));

/** Waits for the session, or leads to the sign-in. */
export function Shell() {
  const { t } = useText();
  const session = useQuery(queries.me);
  const company = useQuery({ ...queries.company, enabled: session.isSuccess });
  const isSignedOut = session.error instanceof Problem && session.error.status === 401;
  useSignInWhen(isSignedOut);
  useEffect(() => {
    // A company that is no longer mine: forget the choice, the session's own one holds.
    if (session.error instanceof Problem && session.error.status === 404) chooseTenant(null);
  }, [session.error]);
  const error = session.error ?? company.error;
  if (error && !isSignedOut) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <Failure error={error} title={t("shell.notLoaded")} retry={() => location.reload()} />
      </main>
    );
  }
  if (!session.data || !company.data)
    return (
      <p className="ear-only" role="status">
        {t("shell.loading")}
      </p>
    );
  return (
    <SessionContext value={session.data}>
      <Desk session={session.data} />
    </SessionContext>
  );
}

function useSignInWhen(isSignedOut: boolean): void {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    if (!isSignedOut) return;
    // Read once: the address changes while the sign-in's own chunk is still on its way.
    const here = router.latestLocation.href;
    void navigate({ to: "/sign-in", search: here.length > 1 ? { to: here } : {}, replace: true });
  }, [isSignedOut, navigate, router]);
}

function Desk({ session }: { session: Me }) {
  const { t } = useText();
  const navigate = useNavigate();
  const contact = useLiveFeed(() => void navigate({ to: "/sign-in" }));
  const counts = useQuery(countsQuery).data;
  const dueCalls = useDueCalls();
  const [layer, setLayer] = useState<"palette" | "shortcuts" | null>(null);
  useOutbox();
  useCommandKeys();
  usePageCommands(useCallback(() => setLayer("shortcuts"), []));
  usePaletteKey(() => setLayer((open) => (open === "palette" ? null : "palette")));
  const waiting = { "/conversations": counts?.mine ?? 0, "/callbacks": dueCalls.length };
  const close = () => setLayer(null);
  return (
    <div className="flex h-dvh flex-col overflow-hidden lg:flex-row">
      <a
        href="#main"
        className="ear-only focus:[clip-path:none] focus:fixed focus:z-60 focus:h-auto focus:w-auto focus:bg-sheet focus:p-3"
      >
        {t("shell.skip")}
      </a>
      <Rail waiting={waiting} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {contact === "lost" && <ContactLost />}
        <CallAlarm calls={dueCalls} />
        <main
          id="main"
          tabIndex={-1}
          className="min-h-0 flex-1 outline-none"
          aria-label={session.company.name}
        >
          <Outlet />
        </main>
      </div>
      <Tabs waiting={waiting} />
      <Toaster closeLabel={t("close")} />
      <Suspense>
        {layer === "palette" && <Palette onClose={close} />}
        {layer === "shortcuts" && <Shortcuts onClose={close} />}
      </Suspense>
    </div>
  );
}
