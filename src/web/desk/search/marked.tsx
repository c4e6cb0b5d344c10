/** A text with the found words marked; the mark is a thick underline, readable in every theme. */
export function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words.split(/\s+/).filter(Boolean).map(escaped);
  if (wanted.length === 0) return <span>{text}</span>;
  const parts = text.split(new RegExp(`(${wanted.join("|")})`, "gi"));
  let at = 0;
  return (
    <span>
      {parts.map((part, index) => {
        at += part.length;
        if (index % 2 === 0) return part;
        return (
          <mark
            key={at}
            className="bg-accent-soft font-strong text-ink underline decoration-2 underline-offset-2"
          >
            {part}
          </mark>
        );
      })}
    </span>
  );
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
