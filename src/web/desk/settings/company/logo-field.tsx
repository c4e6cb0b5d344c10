import { ImagePlus, X } from "lucide-react";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { useText } from "../../text/use-text.ts";

const mostCharacters = 50_000;

interface LogoFieldProps {
  /** SVG text */
  logo: string | null;
  name: string;
  onChange(logo: string | null): void;
}

/** The company's logo as SVG; shown as a picture, so nothing in it can run. */
export function LogoField({ logo, name, onChange }: LogoFieldProps) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const url = useBlobUrl(logo);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    const text = await file.text();
    const isFit = text.length <= mostCharacters && /<svg[\s>]/i.test(text);
    setFault(isFit ? null : t("logo.unfit"));
    if (isFit) onChange(text);
  };
  return (
    <div className="grid gap-1">
      <span className="text-small font-strong">{t("logo.title")}</span>
      {/* A logo drawn for paper stands on a light plate in dark, too. */}
      {url && (
        <img
          src={url}
          alt={t("logo.of", { name })}
          className="max-h-16 max-w-60 justify-self-start rounded-1 border border-line bg-sheet p-2 dark:bg-ink"
        />
      )}
      <input
        ref={input}
        type="file"
        accept="image/svg+xml,.svg"
        tabIndex={-1}
        aria-label={t("logo.title")}
        className="hidden"
        onChange={(event) => void choose(event)}
      />
      <div className="flex flex-wrap gap-2">
        <Button icon={ImagePlus} onClick={() => input.current?.click()}>
          {t("logo.choose")}
        </Button>
        {logo && (
          <Button icon={X} onClick={() => onChange(null)}>
            {t("logo.remove")}
          </Button>
        )}
      </div>
      <p className="text-small text-ink-2">{t("logo.help")}</p>
      {fault && <p className="text-small font-medium text-bad">{fault}</p>}
    </div>
  );
}

function useBlobUrl(svg: string | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!svg) return setUrl(null);
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url;
}
