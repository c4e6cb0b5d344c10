import { describe, expect, it } from "vitest";
import { cleanName, disposition } from "./file-name.ts";
import { fileType, isInline, nameFor } from "./file-types.ts";

const bytes = (...values: (number | string)[]) =>
  Buffer.concat(
    values.map((one) => (typeof one === "number" ? Buffer.from([one]) : Buffer.from(one, "latin1"))),
  );
const typeOf = (content: Buffer | string, name = "file") => {
  const whole = Buffer.isBuffer(content) ? content : Buffer.from(content);
  return fileType({ head: whole.subarray(0, 4096), tail: whole.subarray(-65_557), name });
};
const zip = (first: string, content: string, names: readonly string[]) =>
  bytes("PK\x03\x04", "\0".repeat(26), first, content, "\0".repeat(5000), "PK\x01\x02", names.join("\0"));

const SIGNED: readonly (readonly [string, Buffer])[] = [
  ["image/jpeg", bytes(0xff, 0xd8, 0xff, 0xe0, "JFIF")],
  ["image/png", bytes(0x89, "PNG\r\n", 0x1a, "\n", "IHDR")],
  ["image/gif", bytes("GIF89a")],
  ["image/webp", bytes("RIFF\x10\0\0\0WEBPVP8 ")],
  ["application/pdf", bytes("%PDF-1.7\n")],
  ["video/mp4", bytes("\0\0\0\x18ftypisom")],
  ["video/3gpp", bytes("\0\0\0\x18ftyp3gp4")],
  ["audio/mp4", bytes("\0\0\0\x18ftypM4A ")],
  ["audio/ogg", bytes("OggS\0\x02", "\0".repeat(22), "OpusHead")],
  ["audio/mpeg", bytes("ID3\x04")],
  ["audio/mpeg", bytes(0xff, 0xfb, 0x90, 0x64)],
  ["audio/aac", bytes(0xff, 0xf1, 0x50)],
];

describe("a file is what its bytes say", () => {
  it.each(SIGNED)("%s", (mime, content) => {
    expect(typeOf(content, "anything.html")).toBe(mime);
  });

  it.each([
    ["HTML named as a picture", "<!doctype html><script>alert(1)</script>", "photo.png"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.svg"],
    ["HTML", "<html>", "page.html"],
    ["an executable named as text", "MZ\x90\0\x03", "note.txt"],
    ["no vcard", "<script>", "person.vcf"],
    ["a film of a brand we do not know", "\0\0\0\x18ftypqt  ", "film.mp4"],
    ["an archive", "PK\x03\x04\0\0", "files.zip"],
    ["nothing", "", "empty.txt"],
    ["two bytes of a sound", "\xff", "x.mp3"],
  ])("refuses %s", (_name, content, name) => {
    expect(typeOf(Buffer.from(content, "latin1"), name)).toBeNull();
  });

  it("text needs its name and has no control characters", () => {
    expect(typeOf("Grüße\tan;alle\r\n", "a.csv")).toBe("text/csv");
    expect(typeOf("BEGIN:VCARD\r\nEND:VCARD", "a.vcf")).toBe("text/vcard");
    expect(typeOf("Hallo", "a.TXT")).toBe("text/plain");
    expect(typeOf("Hallo", "a.md")).toBeNull();
  });

  it("office documents by their parts; none with a program in it", () => {
    const parts = ["[Content_Types].xml", "_rels/.rels"];
    const docx = zip("[Content_Types].xml", "", [...parts, "word/document.xml"]);
    expect(typeOf(docx, "x.zip")).toBe(
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    );
    expect(typeOf(zip("_rels/.rels", "", [...parts, "xl/workbook.xml"]))).toContain("spreadsheetml");
    expect(typeOf(zip("mimetype", "application/vnd.oasis.opendocument.text", []))).toContain(
      "opendocument.text",
    );
    expect(typeOf(zip("_rels/.rels", "", [...parts, "word/document.xml", "word/vbaProject.bin"]))).toBeNull();
  });

  it("a map in one file, of the version that is read", () => {
    expect(typeOf(bytes("PMTiles\x03"))).toBe("application/vnd.pmtiles");
    expect(typeOf(bytes("PMTiles\x02"))).toBeNull();
  });

  it("only pictures, sound, film and PDF open in place", () => {
    for (const [mime] of SIGNED) expect(isInline(mime)).toBe(true);
    for (const mime of [
      "text/html",
      "image/svg+xml",
      "text/plain",
      "text/csv",
      "application/vnd.pmtiles",
      "application/octet-stream",
    ])
      expect(isInline(mime)).toBe(false);
  });
});

describe("a file's name", () => {
  it.each([
    ["../../etc/passwd", "etc passwd"],
    ["Rechnung\u202Egpj.exe", "Rechnung gpj.exe"],
    ["  .htaccess", "htaccess"],
    ["a\r\nSet-Cookie: x", "a Set-Cookie x"],
    ["", "file"],
    ["...", "file"],
    [`${"ä".repeat(300)}.jpeg`, `${"ä".repeat(145)}.jpeg`],
  ])("%j becomes %j", (given, clean) => {
    expect(cleanName(given)).toBe(clean);
  });

  it("gets the ending of the checked type", () => {
    expect(nameFor("image/png", "photo.html")).toBe("photo.html.png");
    expect(nameFor("image/jpeg", "photo.JPG")).toBe("photo.JPG");
    expect(nameFor("image/jpeg", "jpg")).toBe("jpg.jpg");
    expect(nameFor("application/octet-stream", "setup.exe")).toBe("setup.exe");
  });

  it("stands in a download in both forms, and cannot leave its header", () => {
    expect(disposition("Käufer “A” (1).pdf", true)).toBe(
      "inline; filename=\"Kaufer _A_ (1).pdf\"; filename*=UTF-8''K%C3%A4ufer%20%E2%80%9CA%E2%80%9D%20%281%29.pdf",
    );
    expect(disposition('a"; x="b', false)).toBe(
      "attachment; filename=\"a_; x=_b\"; filename*=UTF-8''a%22%3B%20x%3D%22b",
    );
  });
});
