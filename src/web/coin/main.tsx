/** @jsxImportSource preact */
import { useCallback } from "preact/hooks";
import { CallError } from "../customer-page/call.ts";
import { LinkPage } from "../customer-page/link-page.tsx";
import { startPage } from "../customer-page/start.tsx";
import { usePageData } from "../customer-page/use-page-data.ts";
import "./coin.css";
import type { PublicCoin } from "./contract.ts";
import { Shown } from "./view.tsx";
import { wordsOf } from "./words.ts";

const everyMs = 60_000;
const TIMEOUT_MS = 15_000;
/** No such coin is like a link that is over: asking again changes nothing. */
const GONE = new Set([400, 404]);

/** The last part of /coin/SLUG. */
const slug = (): string => decodeURIComponent(window.location.pathname.split("/")[2] ?? "");

async function read(company: string): Promise<PublicCoin> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/coin/public?company=${encodeURIComponent(company)}`, {
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return (await response.json()) as PublicCoin;
  } catch {
    throw new CallError("offline");
  }
  throw new CallError(GONE.has(response.status) ? "ended" : "busy", response.status);
}

function Page({ company }: { company: string }) {
  const state = usePageData<PublicCoin>({
    read: useCallback(() => read(company), [company]),
    every_ms: everyMs,
  });
  return (
    <LinkPage state={state} wordsOf={wordsOf}>
      {(coin, words, language) => <Shown coin={coin} words={words} language={language} />}
    </LinkPage>
  );
}

startPage(<Page company={slug()} />);
