/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import { useChat, useSettings } from "./context.ts";

/** Title is the question, buttons are the two answers, the focus stands on the safer one. */
export function ForgetDialog({ onDone }: { onDone(): void }) {
  const { session, words } = useChat();
  const { company } = useSettings();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const forget = () => {
    session.forget();
    onDone();
  };
  return (
    <dialog
      ref={dialog}
      class="ask-twice"
      aria-labelledby="ah-forget"
      onClose={onDone}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h3 id="ah-forget">{words.forgetQuestion}</h3>
      <p>{words.forgetHint(company)}</p>
      <div class="row">
        <button type="button" class="button" autofocus onClick={() => dialog.current?.close()}>
          {words.forgetNo}
        </button>
        <button type="button" class="button danger" onClick={forget}>
          {words.forgetYes}
        </button>
      </div>
    </dialog>
  );
}
