/** @jsxImportSource preact */
import { usePortal } from "./context.ts";
import { FailureLine } from "./failure.tsx";
import { Icon } from "./icon.tsx";
import { useCall } from "./use-call.ts";

/** The key goes as a header, so the file comes by a call and is saved from memory. */
function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Everything in one file, for people and for programs; and this page on paper. */
export function TakeAway() {
  const { client, language, say, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const take = (kind: "json" | "html") =>
    run(
      () => client.download(kind, language),
      (file) => {
        save(file, `${language === "de" ? "meine-daten" : "my-data"}.${kind}`);
        say(words.take.ready);
      },
    );
  return (
    <section class="card" aria-labelledby="take-title">
      <Icon name="download" />
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
