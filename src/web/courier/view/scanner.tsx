/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { Fault } from "./sheet.tsx";

/** Shape Detection API, where the browser has it (Chromium on Android). */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorMaker = new (options: { formats: string[] }) => Detector;

const EVERY_MS = 250;
const makerOf = (): DetectorMaker | undefined =>
  (window as unknown as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;

/** Reads labels with the camera; where that is not possible, it says so and what to do instead. */
export function Scanner({ onCode }: { onCode(text: string): void }) {
  const { words } = useCourier();
  const [isOpen, setOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const maker = makerOf();
  if (!maker || !navigator.mediaDevices) return <p class="quiet small">{words.load.noCamera}</p>;
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

function Camera({
  maker: Maker,
  onCode,
  onRefused,
}: {
  maker: DetectorMaker;
  onCode(text: string): void;
  onRefused(): void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onRefused });
  latest.current = { onCode, onRefused };
  useEffect(() => {
    const detector = new Maker({ formats: ["qr_code"] });
    let stream: MediaStream | null = null;
    let isOver = false;
    let timer = 0;
    let last = "";
    const look = async () => {
      const shown = video.current;
      if (isOver || !shown) return;
      // A frame that cannot be read is followed by the next one.
      const codes = shown.readyState >= 2 ? await detector.detect(shown).catch(() => []) : [];
      for (const { rawValue } of codes) {
        if (rawValue === last) continue;
        last = rawValue;
        latest.current.onCode(rawValue);
        navigator.vibrate?.(60);
      }
      if (!isOver) timer = window.setTimeout(() => void look(), EVERY_MS);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      (given) => {
        stream = given;
        if (isOver || !video.current) return stop();
        video.current.srcObject = given;
        void video.current.play().catch(() => undefined);
        void look();
      },
      () => latest.current.onRefused(),
    );
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      stop();
    };
  }, [Maker]);
  return <video ref={video} class="camera" muted playsInline />;
}
