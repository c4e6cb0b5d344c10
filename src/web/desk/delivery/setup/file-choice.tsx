import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../../ui/button.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";

interface FileChoiceProps {
  label: string;
  /** Endings and types that the browser's dialog offers. */
  accept: string;
  busy: boolean;
  /** Stands beside the bar while it is busy. */
  working: string;
  onChoose(file: File): void;
}

/** A button that takes one file; the same file can be chosen again. */
export function FileChoice({ label, accept, busy, working, onChoose }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        tabIndex={-1}
        aria-label={label}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onChoose(file);
        }}
      />
      <Button icon={Upload} className="justify-self-start" busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      {busy && <ProgressLine share={null} label={working} />}
    </>
  );
}
