/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Photo } from "../state/phone-store.ts";
import type { SeenStop } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { PhotoField } from "./photo-field.tsx";
import { Fault, Field, Sheet } from "./sheet.tsx";
import { Signature } from "./signature.tsx";
import type { Record } from "./use-outcome.ts";

type Way = "neighbour" | "leave" | "not_there" | "refused";

/** Nobody opens, or nobody wants it: what became of the parcel. Who must be old enough must be there. */
export function Away({ stop, record, onClose }: { stop: SeenStop; record: Record; onClose(): void }) {
  const { words } = useCourier();
  const [way, setWay] = useState<Way | null>(null);
  const ways: readonly (readonly [Way, string])[] = [
    ...(stop.mayNeighbour ? [["neighbour", words.hand.neighbour] as const] : []),
    ...(stop.mayLeave ? [["leave", words.hand.leave] as const] : []),
    ["not_there", words.away.notThere],
    ["refused", words.away.refused],
  ];
  return (
    <Sheet title={words.away.title} onClose={onClose}>
      {way === null ? (
        <>
          <p class="quiet">{stop.skills.includes("age_check") ? words.away.onlyInPerson : words.away.lead}</p>
          <div class="stack">
            {ways.map(([one, text]) => (
              <button key={one} type="button" class="button wide" onClick={() => setWay(one)}>
                {text}
              </button>
            ))}
          </div>
        </>
      ) : (
        <WayForm
          key={way}
          way={way}
          stop={stop}
          record={record}
          onBack={() => setWay(null)}
          onClose={onClose}
        />
      )}
    </Sheet>
  );
}

function WayForm({
  way,
  stop,
  record,
  onBack,
  onClose,
}: {
  way: Way;
  stop: SeenStop;
  record: Record;
  onBack(): void;
  onClose(): void;
}) {
  const { words } = useCourier();
  const [text, setText] = useState("");
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [signature, setSignature] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const labels = {
    neighbour: [words.hand.neighbourName, words.hand.neighbourConfirm, words.hand.neighbourMissing],
    leave: [words.hand.leavePlace, words.hand.leaveConfirm, words.hand.leaveMissing],
    not_there: [null, words.away.notThereConfirm, null],
    refused: [words.away.refusedWhy, words.away.refusedConfirm, null],
  } as const;
  const [label, confirm, missing] = labels[way];
  const isGiven = way === "leave" || way === "neighbour";
  // Nobody signs for what lies somewhere: a picture shows where.
  const needsPhoto = (isGiven && stop.proof === "photo") || (way === "leave" && stop.proof !== "none");
  const takesPhoto = needsPhoto || way === "leave" || way === "not_there";
  const needsSignature = way === "neighbour" && stop.proof === "signature";
  const submit = (event: Event) => {
    event.preventDefault();
    const given = text.trim();
    if (missing !== null && given === "") return setFault(missing);
    if (needsPhoto && !photo) return setFault(words.hand.photoMissing);
    if (needsSignature && signature === "") return setFault(words.hand.signMissing);
    if (way === "not_there") record(stop, { kind: "not_there" }, photo ? { photo } : {});
    else if (way === "refused") record(stop, { kind: "refused", words: given });
    else
      record(
        stop,
        {
          kind: "done",
          outcome: way === "leave" ? "left_there" : "neighbour",
          to: given,
          ...(needsSignature && { signature }),
        },
        photo ? { photo } : {},
      );
    onClose();
  };
  return (
    <form class="form" onSubmit={submit}>
      {label !== null && (
        <Field label={label} value={text} onInput={setText} most={way === "refused" ? 200 : 80} />
      )}
      {takesPhoto && (
        <PhotoField
          deliveryId={stop.deliveryId}
          label={way === "not_there" ? words.away.photo : words.hand.photo}
          photo={photo}
          onPhoto={setPhoto}
          onFault={setFault}
        />
      )}
      {needsSignature && <Signature onPath={setSignature} />}
      <Fault text={fault} />
      <div class="buttons">
        <button type="button" class="button" onClick={onBack}>
          {words.back}
        </button>
        <button type="submit" class="button primary">
          {confirm}
        </button>
      </div>
    </form>
  );
}
