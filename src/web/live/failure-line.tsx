/** @jsxImportSource preact */
import { Icon } from "./icon.tsx";

/** Below what failed: a sign, a sentence, said at once. */
export function FailureLine({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text && (
        <p class="failure">
          <Icon name="octagonAlert" /> {text}
        </p>
      )}
    </div>
  );
}
