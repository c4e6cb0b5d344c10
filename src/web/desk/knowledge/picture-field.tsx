import { useMutation } from "@tanstack/react-query";
import { ImagePlus, X } from "lucide-react";
import { type ChangeEvent, useRef } from "react";
import { fileUrl, uploadFile } from "../../client/files.ts";
import { Button } from "../../ui/button.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

/** A picture that goes with the answer. */
export function PictureField({
  fileId,
  onChange,
}: {
  fileId: string | null;
  onChange(fileId: string | null): void;
}) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const uploading = useMutation({ mutationFn: uploadFile, onSuccess: (stored) => onChange(stored.fileId) });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) uploading.mutate(file);
    event.target.value = "";
  };
  return (
    <div className="grid gap-1">
      <span className="text-small font-strong">{t("answer.picture")}</span>
      {fileId && (
        <img
          src={fileUrl(fileId)}
          alt={t("answer.picture")}
          className="max-h-40 max-w-full justify-self-start rounded-2 border border-line"
        />
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-label={t("answer.picture")}
        className="hidden"
        onChange={choose}
      />
      <div className="flex flex-wrap gap-2">
        <Button icon={ImagePlus} busy={uploading.isPending} onClick={() => input.current?.click()}>
          {fileId ? t("answer.changePicture") : t("answer.addPicture")}
        </Button>
        {fileId && (
          <Button icon={X} onClick={() => onChange(null)}>
            {t("answer.removePicture")}
          </Button>
        )}
      </div>
      <FailureRows error={uploading.error} />
    </div>
  );
}
