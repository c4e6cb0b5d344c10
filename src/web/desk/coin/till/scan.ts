/** Reads codes by the camera, where the browser has a reader of its own (Shape Detection API). */

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const everyMs = 200;

const detectorClass = (): DetectorClass | null =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector ?? null;

export function canScan(): boolean {
  return detectorClass() !== null && navigator.mediaDevices !== undefined;
}

interface Scanning {
  onFound(text: string): void;
  /** No camera, or no permission. */
  onFailed(): void;
}

/** Shows the camera in the video and looks for a code. @returns ends it and lets the camera go */
export function startScan(video: HTMLVideoElement, { onFound, onFailed }: Scanning): () => void {
  const Detector = detectorClass();
  let stream: MediaStream | null = null;
  let timer = 0;
  let isOver = false;
  const end = () => {
    isOver = true;
    clearInterval(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  const begin = async () => {
    if (!Detector) throw new Error("no reader");
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (isOver) return end();
    video.srcObject = stream;
    await video.play();
    const detector = new Detector({ formats: ["qr_code"] });
    timer = window.setInterval(async () => {
      const [code] = await detector.detect(video).catch(() => []);
      if (!code || isOver) return;
      end();
      onFound(code.rawValue);
    }, everyMs);
  };
  begin().catch(() => {
    end();
    onFailed();
  });
  return end;
}
