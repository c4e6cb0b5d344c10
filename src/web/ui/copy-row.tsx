import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./button.tsx";

interface CopyRowProps {
  label: string;
  value: string;
  words: { copy: string; copied: string };
}

const shownMs = 2_000;

/** A code that people compare or carry elsewhere, with a button that copies it. */
export function CopyRow({ label, value, words }: CopyRowProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), shownMs);
  };
  return (
    <div className="grid gap-1">
      <span className="text-small font-strong">{label}</span>
      <div className="flex items-start gap-1 rounded-2 border border-line bg-ground">
        <code className="min-w-0 flex-1 px-3 py-2.5 font-mono text-tiny break-all select-all">{value}</code>
        <IconButton
          icon={isCopied ? Check : Copy}
          label={isCopied ? words.copied : `${words.copy}: ${label}`}
          onClick={() => void copy()}
        />
      </div>
      <span role="status" className="ear-only">
        {isCopied && words.copied}
      </span>
    </div>
  );
}
