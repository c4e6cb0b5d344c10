/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";

/** Shape Detection API, where the browser has it (Chromium on Android). */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
export type DetectorMaker = new (options: { formats: string[] }) => Detector;

const EVERY_MS = 250;

/** @returns null where this browser reads no codes */
export function detectorMaker(): DetectorMaker | null {
  const maker = (window as unknown as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  return maker && navigator.mediaDevices ? maker : null;
}

interface CameraProps {
  maker: DetectorMaker;
  /** Once for each code that comes into view. */
  onCode(text: string): void;
  onRefused(): void;
}

/** The camera's picture, looked at for codes while it is shown. */
export function Camera({ maker: Maker, onCode, onRefused }: CameraProps) {
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
