/** @jsxImportSource preact */
import octagonAlert from "lucide-react/icons/octagon-alert";
import { Icon } from "./icon.tsx";

/** Below what failed: a sign, a sentence, said at once. */
export function FailureLine({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text && (
        <p class="failure">
          <Icon of={octagonAlert} /> {text}
        </p>
      )}
    </div>
  );
}
