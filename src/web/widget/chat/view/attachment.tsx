/** @jsxImportSource preact */
import type { VisitorMessage } from "../../contract.ts";
import { useChat } from "./context.ts";
import { fileSize } from "./format.ts";
import { Icon } from "./icon.tsx";

type Media = NonNullable<VisitorMessage["media"]>;
const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

function FileLine({ name, size }: { name: string; size: number | null }) {
  const { language } = useChat();
  return (
    <span class="file">
      <Icon name="file" />
      <span class="file-name">{name}</span>
      {size !== null && <span class="file-size">{fileSize(size, language)}</span>}
    </span>
  );
}

/** A picture is shown, anything else stands as name and size; both open in a tab of their own. */
export function Attachment({ media }: { media: Media }) {
  const { words, session } = useChat();
  const name = media.name ?? words.file;
  const line = <FileLine name={name} size={media.size} />;
  if (!media.url) return line;
  const address = session.client.address(media.url);
  return (
    <a class="attachment" href={address} target="_blank" rel="noopener noreferrer">
      {PICTURE.test(media.mime) ? (
        <>
          <img src={address} alt={words.openImage(name)} loading="lazy" />
          <span class="file-size">{name}</span>
        </>
      ) : (
        line
      )}
    </a>
  );
}

/** A file on its way: name and size only, since a preview would need `img-src blob:` of the site. */
export function LocalAttachment({ file }: { file: File }) {
  return <FileLine name={file.name} size={file.size} />;
}
