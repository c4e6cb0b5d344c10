import { crc32, deflateSync } from "node:zlib";
import qrcode from "qrcode-generator";

/** White round the code, in modules; ISO/IEC 18004 asks for four. */
const QUIET = 4;
/** Pixels a module: a telephone reads it from a screen as well as from paper. */
const PIXELS = 8;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A code's dark modules, row by row; error correction M, as EPC069-12 asks for. */
export function qrModules(text: string): boolean[][] {
  const code = qrcode(0, "M");
  // The package writes one byte a character: UTF-8 is made before.
  code.addData(Buffer.from(text, "utf8").toString("latin1"), "Byte");
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => code.isDark(row, column)),
  );
}

/** The code as a PNG in black and white (RFC 2083): messengers show pictures, no drawings. */
export function qrPng(text: string): Buffer {
  const modules = qrModules(text);
  const size = (modules.length + 2 * QUIET) * PIXELS;
  const bytes = Math.ceil(size / 8);
  const rows = Buffer.alloc((bytes + 1) * size, 0xff);
  for (let y = 0; y < size; y++) {
    rows[y * (bytes + 1)] = 0;
    const row = modules[Math.floor(y / PIXELS) - QUIET];
    for (let x = 0; row && x < size; x++) {
      if (!row[Math.floor(x / PIXELS) - QUIET]) continue;
      const at = y * (bytes + 1) + 1 + (x >> 3);
      rows[at] = (rows[at] ?? 0xff) & ~(0x80 >> (x & 7));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // One bit a pixel, grey.
  head[8] = 1;
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
