import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

/** A line protocol over TCP: what SMTP and IMAP have in common. */

export interface Line {
  socket: Socket;
  write(text: string | Buffer): void;
  /** The next line without its end; null when the other side has gone. */
  read(): Promise<string | null>;
  /** As many bytes as announced (IMAP's literals). */
  readBytes(count: number): Promise<Buffer | null>;
  end(): void;
}

/** More than one line of a mail is ever long. */
const LINE_BYTES = 64 * 1024;

function openLine(socket: Socket): Line {
  let held = Buffer.alloc(0);
  let isOver = false;
  let wake = (): void => {};
  const more = (): Promise<void> => new Promise((done) => (wake = done));
  socket.on("data", (bytes) => {
    held = Buffer.concat([held, bytes]);
    wake();
  });
  const over = (): void => {
    isOver = true;
    wake();
  };
  socket.on("close", over);
  socket.on("error", over);
  const take = (count: number, skip: number): Buffer => {
    const taken = held.subarray(0, count);
    held = held.subarray(count + skip);
    return taken;
  };
  return {
    socket,
    write: (text) => void (socket.writable && socket.write(text)),
    async read() {
      for (;;) {
        const end = held.indexOf("\r\n");
        if (end >= 0) return take(end, 2).toString("utf8");
        if (isOver || held.length > LINE_BYTES) return null;
        await more();
      }
    },
    async readBytes(count) {
      while (held.length < count) {
        if (isOver) return null;
        await more();
      }
      return Buffer.from(take(count, 0));
    },
    end: () => void socket.end(),
  };
}

export interface LineServer {
  port: number;
  close(): Promise<void>;
}

/** @param talk one connection from beginning to end */
export async function startLineServer(
  port: number,
  talk: (line: Line) => Promise<void>,
): Promise<LineServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    const line = openLine(socket);
    talk(line)
      .catch(() => {})
      .finally(() => socket.end());
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
