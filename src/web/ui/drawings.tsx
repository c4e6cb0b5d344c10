/** Line drawings: one horizon, at most three objects, one spot of accent or beacon. They say nothing that the headline does not. */
const frame = { fill: "none", stroke: "currentColor", strokeWidth: 2 } as const;
const wave = "stroke-line-strong opacity-70";

/** Two half circles, gulls, calm water: everything is done. */
export function QuietDrawing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 420 120" aria-hidden="true" className={className} {...frame}>
      <path d="M52 24c6-8 14-8 19 2 5-10 13-10 19-2M344 10c5-7 11-7 15 1 4-8 10-8 15-1" />
      <path d="M126 90a34 34 0 0 1 68 0z" fill="currentColor" stroke="none" />
      <path d="M226 90a34 34 0 0 1 68 0z" className="fill-accent" stroke="none" />
      <path d="M0 90H420" />
      <path d="M140 103h38M240 103h38M78 111h28M322 108h36" className={wave} />
    </svg>
  );
}

/** One half circle, the other behind fog: contact is lost. */
export function FogDrawing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 330 64" aria-hidden="true" className={className} {...frame}>
      <path d="M76 54a27 27 0 0 1 54 0z" fill="currentColor" stroke="none" />
      <path d="M0 54h146M188 54h142" />
      <path d="M204 54a27 27 0 0 1 54 0" strokeDasharray="2 6" strokeLinecap="round" />
      <path d="M206 10h56M184 22h98M166 35h70M238 42h62" className="stroke-line-strong" />
    </svg>
  );
}

/** A boat and a buoy: it is under way. */
export function BoatDrawing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 330 84" aria-hidden="true" className={className} {...frame}>
      <path d="M0 62h330M44 62h104l-14 17H56zM92 62V4l36 42H64z" />
      <path d="M264 26h24l-8 36h-8zM269 26V16h14v10M276 16V8" />
      <path d="M168 74h38M224 80h28" className={wave} />
    </svg>
  );
}

/** A lighthouse: look here, or the first start. */
export function LighthouseDrawing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 270 84" aria-hidden="true" className={className} {...frame}>
      <path d="M26 76a16 16 0 0 1 32 0z" className="fill-accent" stroke="none" />
      <path d="M0 76h270M124 76l6-50h18l6 50M130 26v-8h18v8M139 18v-8M128 40h22M126 54h26M106 76c0-9 8-14 17-12M172 76c0-9-8-14-17-12" />
      <path d="M154 18 250 4M154 24l96 20" className="stroke-beacon-edge dark:stroke-beacon" />
      <path d="M36 82h16M196 83h26" className={wave} />
    </svg>
  );
}
