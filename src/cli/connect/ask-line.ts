import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** One line from the terminal; a secret is not shown while it is typed. "" at the end of the input takes the usual. */
export function askLine(
  prompt: string,
  { isSecret, usual }: { isSecret: boolean; usual: string },
): Promise<string> {
  process.stderr.write(prompt);
  const quiet = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    output: isSecret ? quiet : process.stderr,
    terminal: isTerminal,
  });
  return new Promise((done) => {
    let answer: string | null = null;
    lines.once("line", (line) => {
      answer = line.trim();
      lines.close();
    });
    lines.once("close", () => {
      if (isSecret && isTerminal) process.stderr.write("\n");
      done(answer || usual);
    });
  });
}
