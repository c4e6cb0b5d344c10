import { qrPath } from "./qr-path.ts";

/** A code that a camera reads: dark on white in both themes, because many refuse it the other way round. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { path, width } = qrPath(text);
  return (
    <svg
      viewBox={`0 0 ${width} ${width}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={width} height={width} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
}
