/** @jsxImportSource preact */
import { useId } from "preact/hooks";
import type { Photo } from "../state/phone-store.ts";
import { smallJpeg } from "../state/photo.ts";
import { newKey } from "../state/session.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";

/** The phone's camera, or a file where there is none; made small before it is kept. */
export function PhotoField({
  deliveryId,
  label,
  photo,
  onPhoto,
  onFault,
}: {
  deliveryId: number;
  label: string;
  photo: Photo | null;
  onPhoto(photo: Photo): void;
  onFault(text: string | null): void;
}) {
  const { words } = useCourier();
  const id = useId();
  const take = (file: File | undefined) => {
    if (!file) return;
    smallJpeg(file).then(
      (jpeg) => {
        onFault(null);
        onPhoto({ key: newKey(), deliveryId, jpeg });
      },
      () => onFault(words.hand.photoBroken),
    );
  };
  return (
    <div class="photo">
      <label class="button wide" for={id}>
        <Icon name="camera" /> {photo ? words.hand.photoAgain : label}
      </label>
      <input
        id={id}
        class="unseen"
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(event) => take(event.currentTarget.files?.[0])}
      />
      <p class="small" role="status">
        {photo && words.hand.photoTaken}
      </p>
    </div>
  );
}
