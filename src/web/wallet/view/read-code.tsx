/** @jsxImportSource preact */
import cameraSign from "lucide-react/icons/camera";
import { useState } from "preact/hooks";
import { Camera, detectorMaker } from "../../customer-page/camera.tsx";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { Icon } from "../../customer-page/icon.tsx";
import { errandIn } from "../state/address.ts";
import { usePage } from "./context.ts";
import { screenOf } from "./use-screen.ts";

/** The code of a till, a request or an invitation: by the camera where the browser can, and as text everywhere. */
export function ReadCode() {
  const { words, go } = usePage();
  const [isOpen, setOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [text, setText] = useState("");
  const maker = detectorMaker();
  const read = (given: string) => {
    const errand = errandIn(given);
    const isNothing = errand.kind === "unreadable" || errand.kind === "none";
    setWrong(isNothing);
    if (isNothing) return;
    setOpen(false);
    go(screenOf(errand));
  };
  return (
    <section class="read-code">
      {maker && isOpen && (
        <Camera
          maker={maker}
          onCode={read}
          onRefused={() => {
            setOpen(false);
            setRefused(true);
          }}
        />
      )}
      {maker ? (
        <button type="button" class="button primary" onClick={() => setOpen(!isOpen)}>
          <Icon of={cameraSign} /> {isOpen ? words.home.stopScan : words.home.scan}
        </button>
      ) : (
        <p class="small quiet">{words.home.noCamera}</p>
      )}
      {maker && <p class="small quiet">{words.home.scanText}</p>}
      <FailureLine text={isRefused ? words.home.cameraRefused : null} />
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          read(text);
        }}
      >
        <label for="code">{words.home.code}</label>
        <div class="field-row">
          <input
            id="code"
            value={text}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={isWrong}
            aria-describedby="code-fault"
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" class="button">
            {words.home.codeRead}
          </button>
        </div>
        <div id="code-fault">
          <FailureLine text={isWrong ? words.home.codeWrong : null} />
        </div>
      </form>
    </section>
  );
}
