/** @jsxImportSource preact */
import { qrPath } from "../ui/qr-path.ts";

/** A QR code of an address, dark on white in both themes: many readers refuse it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, width } = qrPath(text);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${width} ${width}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect class="paper" width={width} height={width} />
      <path class="dark" d={path} />
    </svg>
  );
}
