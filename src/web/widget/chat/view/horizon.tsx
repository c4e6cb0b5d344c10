/** @jsxImportSource preact */

export type HorizonMode = "automatic" | "person" | "nobody" | "offline";

interface HorizonProps {
  left: string;
  right: string;
  mode: HorizonMode;
  /** The right half circle becomes the beacon. */
  isYourTurn: boolean;
}

/** Two parties, one line. The sentence stands below it, so the drawing says nothing of its own. */
export function Horizon({ left, right, mode, isYourTurn }: HorizonProps) {
  return (
    <div class={`horizon ${mode}`}>
      <span class="name">{left}</span>
      <span class="sea" aria-hidden="true">
        <i class="half firm" />
        <i class={isYourTurn ? "half you beacon" : "half you"} key={String(isYourTurn)} />
      </span>
      <span class="name you">{right}</span>
    </div>
  );
}
