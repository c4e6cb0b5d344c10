/** @jsxImportSource preact */
import { LinkPage, startLinkPage } from "../customer-page/link-page.tsx";
import "./pay.css";
import { usePay } from "./use-pay.ts";
import { Shown } from "./view.tsx";
import { wordsOf } from "./words.ts";

function Page({ given }: { given: string }) {
  const state = usePay(given);
  return (
    <LinkPage state={state} wordsOf={wordsOf}>
      {(pay, words, language) => <Shown state={state} pay={pay} words={words} language={language} />}
    </LinkPage>
  );
}

startLinkPage(Page, wordsOf);
