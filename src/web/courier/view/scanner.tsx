/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { Camera, detectorMaker } from "../../customer-page/camera.tsx";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { Fault } from "./sheet.tsx";

/** Reads labels with the camera; where that is not possible, it says so and what to do instead. */
export function Scanner({ onCode }: { onCode(text: string): void }) {
  const { words } = useCourier();
  const [isOpen, setOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const maker = detectorMaker();
  if (!maker) return <p class="quiet small">{words.load.noCamera}</p>;
  return (
    <div class="scanner">
      {isOpen && (
        <Camera
          maker={maker}
          onCode={onCode}
          onRefused={() => {
            setOpen(false);
            setRefused(true);
          }}
        />
      )}
      <button type="button" class="button wide" onClick={() => setOpen(!isOpen)}>
        <Icon name="camera" /> {isOpen ? words.load.stopCamera : words.load.camera}
      </button>
      <Fault text={isRefused ? words.load.cameraRefused : null} />
    </div>
  );
}
