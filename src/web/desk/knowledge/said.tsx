/** A line in brackets is a button that the customer would see. */
const BUTTON = /^\[(.+)\]$/;

/** What a customer would read, with its buttons drawn as such. */
export function Said({ text }: { text: string }) {
  const lines = text.split("\n");
  const buttons = lines.flatMap((line) => BUTTON.exec(line)?.[1] ?? []);
  const words = lines
    .filter((line) => !BUTTON.test(line))
    .join("\n")
    .trim();
  return (
    <>
      {words}
      {buttons.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-1.5 text-small">
          {buttons.map((title) => (
            <li
              key={title}
              className="rounded-2 border border-line-strong bg-sheet px-2.5 py-1 text-accent-text"
            >
              {title}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
