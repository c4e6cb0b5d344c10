/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { codeIn, mayBeRight } from "../state/check-code.ts";
import type { Photo } from "../state/phone-store.ts";
import type { SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { PhotoField } from "./photo-field.tsx";
import { Fault, Field, Sheet } from "./sheet.tsx";
import { Signature } from "./signature.tsx";
import { TakeBack } from "./take-back.tsx";
import type { Record, Taking } from "./use-outcome.ts";

/** Handed over to whom it is for, proved as the sender wants it. */
export function HandOver({ stop, record, onClose }: { stop: SeenStop; record: Record; onClose(): void }) {
  const { words, state } = useCourier();
  // Without a net nobody can say now whether it is right: the node does, later.
  const isFresh = state.net === "fresh";
  const [code, setCode] = useState("");
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [signature, setSignature] = useState("");
  const [isOfAge, setOfAge] = useState(false);
  const [taking, setTaking] = useState<Taking | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const isAsked = stop.takeBack !== "" && stop.isTakenAlong === null;
  const needsAge = stop.skills.includes("age_check");

  async function missing(): Promise<string | null> {
    if (needsAge && !isOfAge) return words.hand.ageMissing;
    if (stop.proof === "code") {
      const given = codeIn(code);
      if (given === null) return words.hand.codeShape;
      if ((await mayBeRight(stop.codeHint, given)) === false) return words.hand.codeWrong;
    }
    if (isAsked && (!taking || (!taking.isTaken && taking.words.trim() === "")))
      return words.hand.takeBackMissing;
    if (stop.proof === "photo" && !photo) return words.hand.photoMissing;
    if (stop.proof === "signature" && signature === "") return words.hand.signMissing;
    return null;
  }
  async function confirm(event: Event): Promise<void> {
    event.preventDefault();
    const wrong = await missing();
    setFault(wrong);
    if (wrong !== null) return;
    record(
      stop,
      {
        kind: "done",
        outcome: "handed_over",
        to: "",
        ...(stop.proof === "code" && { code: codeIn(code) ?? "" }),
        ...(stop.proof === "signature" && { signature }),
        ...(needsAge && { isOfAge: true as const }),
      },
      { ...(photo && { photo }), ...(taking && isAsked && { taking }) },
    );
    onClose();
  }
  return (
    <Sheet title={words.hand.title(stop.name || stop.senderReference)} onClose={onClose}>
      <form class="form" onSubmit={(event) => void confirm(event)}>
        {needsAge && (
          <label class="check">
            <input
              type="checkbox"
              checked={isOfAge}
              onChange={(event) => setOfAge(event.currentTarget.checked)}
            />
            <span>
              {words.hand.age}
              <span class="quiet small block">{words.hand.ageHelp}</span>
            </span>
          </label>
        )}
        {stop.proof === "code" && (
          <Field
            label={words.hand.code}
            help={isFresh ? words.hand.codeHelp : words.hand.codeLater}
            value={code}
            onInput={setCode}
            numeric
            most={8}
          />
        )}
        {stop.proof === "photo" && (
          <PhotoField
            deliveryId={stop.deliveryId}
            label={words.hand.photo}
            photo={photo}
            onPhoto={setPhoto}
            onFault={setFault}
          />
        )}
        {stop.proof === "signature" && <Signature onPath={setSignature} />}
        {isAsked && <TakeBack what={stop.takeBack} taking={taking} onTaking={setTaking} />}
        <Fault text={fault} />
        <button type="submit" class="button primary wide">
          {words.hand.confirm}
        </button>
      </form>
    </Sheet>
  );
}
