import { FileText, LoaderCircle } from "lucide-react";
import type { Message } from "#kernel/api";
import { inCompany } from "../../../client/files.ts";
import { useText } from "../../text/use-text.ts";

type Media = NonNullable<Message["media"]>;

/** A picture, sound, film or file of a message. */
export function Attachment({ media, type }: { media: Media; type: string }) {
  const { t } = useText();
  const name = media.name ?? t.maybe(`message.type.${type}`) ?? t("message.file");
  if (!media.url) {
    return (
      <p className="flex items-center gap-2 text-ink-2">
        <LoaderCircle size={18} strokeWidth={1.75} aria-hidden="true" />
        {t("message.fetching", { name })}
      </p>
    );
  }
  const url = inCompany(media.url);
  const isPicture = media.mime.startsWith("image/");
  if (isPicture) {
    return (
      <a
        href={url}
        target="_blank"
        rel="noreferrer noopener"
        className="-mx-2 -mt-1 mb-1.5 block rounded-t-2 bg-sunken dark:bg-ink first:last:mb-0"
      >
        <img
          src={url}
          alt={name}
          loading="lazy"
          className="max-h-72 min-h-16 max-w-full rounded-t-2 object-contain"
        />
      </a>
    );
  }
  const player = { controls: true, preload: "none", src: url, "aria-label": name } as const;
  if (media.mime.startsWith("audio/")) {
    return <audio {...player} className="max-w-full" />;
  }
  if (media.mime.startsWith("video/")) {
    return <video {...player} className="max-h-72 max-w-full" />;
  }
  return <FileLink url={url} size={media.size} name={name} />;
}

function FileLink({ url, size, name }: { url: string; size: number | null; name: string }) {
  const { format } = useText();
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer noopener"
      className="flex items-center gap-2.5 font-strong text-accent-text underline-offset-4 hover:underline"
    >
      <FileText size={20} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span className="break-all">{name}</span>
      {size !== null && (
        <span className="ml-auto shrink-0 text-small font-text text-ink-2">{format.size(size)}</span>
      )}
    </a>
  );
}
