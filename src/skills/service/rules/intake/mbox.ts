/**
 * Parts an mbox file (RFC 4155 and its relatives) into mails as it comes in, so that a large file never stands in memory
 * whole. A "From " line begins a mail where it stands at the very start or after an empty line; ">From " is undone
 * (mboxrd), and Content-Length is not believed.
 */
export interface MboxSplitter {
  /** @returns the mails that end in this piece */
  push(piece: Buffer): Buffer[];
  /** The last mail, if there is one. */
  end(): Buffer[];
}

/** A mail that is larger keeps its beginning: what is beyond are files. */
const MAIL_BYTES = 2 * 1024 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const FROM = Buffer.from("From ");
const QUOTED_FROM = /^>+From /;

export function openMboxSplitter(): MboxSplitter {
  let rest: Buffer = Buffer.alloc(0);
  let lines: Buffer[] = [];
  let bytes = 0;
  let hasMail = false;
  let isAfterEmpty = true;

  const finish = (): Buffer[] => {
    const mail = Buffer.concat(lines);
    const isMail = hasMail && mail.length > 0;
    lines = [];
    bytes = 0;
    return isMail ? [mail] : [];
  };
  const take = (line: Buffer): Buffer[] => {
    const begins = isAfterEmpty && line.subarray(0, FROM.length).equals(FROM);
    isAfterEmpty = line[0] === NEWLINE || (line[0] === RETURN && line[1] === NEWLINE);
    if (begins) {
      const done = finish();
      hasMail = true;
      return done;
    }
    if (hasMail && bytes < MAIL_BYTES) {
      const kept = unquoted(line);
      lines.push(kept);
      bytes += kept.length;
    }
    return [];
  };
  return {
    push(piece) {
      const whole = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const mails: Buffer[] = [];
      let from = 0;
      for (let at = whole.indexOf(NEWLINE); at >= 0; at = whole.indexOf(NEWLINE, from)) {
        mails.push(...take(whole.subarray(from, at + 1)));
        from = at + 1;
      }
      // A copy, so that the piece itself can go.
      rest = Buffer.from(whole.subarray(from));
      // A line that never ends is no text; it is cut so that memory stays bounded.
      if (rest.length > MAIL_BYTES) rest = Buffer.from(rest.subarray(0, MAIL_BYTES));
      return mails;
    },
    end() {
      const mails = rest.length > 0 ? take(rest) : [];
      return [...mails, ...finish()];
    },
  };
}

function unquoted(line: Buffer): Buffer {
  return line[0] === 0x3e && QUOTED_FROM.test(line.toString("latin1", 0, 40)) ? line.subarray(1) : line;
}
