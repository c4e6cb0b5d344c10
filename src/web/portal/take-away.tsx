/** @jsxImportSource preact */
import download from "lucide-react/icons/download";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { Icon } from "../customer-page/icon.tsx";
import { saveBlob } from "../customer-page/save-blob.ts";
import { usePortal } from "./context.ts";
import { useCall } from "./use-call.ts";

/** Everything in one file, for people and for programs; and this page on paper. */
export function TakeAway() {
  const { client, language, say, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const take = (kind: "json" | "html") =>
    run(
      () => client.download(kind, language),
      (file) => {
        saveBlob(`${language === "de" ? "meine-daten" : "my-data"}.${kind}`, file);
        say(words.take.ready);
      },
    );
  return (
    <section class="card" aria-labelledby="take-title">
      <Icon of={download} />
      <div>
        <h2 id="take-title">{words.take.title}</h2>
        <p class="quiet">{words.take.lead}</p>
        <div class="buttons">
          <button type="button" class="button" aria-busy={isBusy} onClick={() => take("html")}>
            {words.take.html}
          </button>
          <button type="button" class="button" aria-busy={isBusy} onClick={() => take("json")}>
            {words.take.json}
          </button>
        </div>
        <button type="button" class="text-button" onClick={() => window.print()}>
          {words.take.print}
        </button>
        <FailureLine text={failure} />
      </div>
    </section>
  );
}
