import qrcode from "qrcode-generator";

/** White around the code, in modules; ISO/IEC 18004 asks for four. */
const QUIET = 4;

/** The code's dark modules as one path, row by row, and the width in modules. */
export function qrPath(text: string): { path: string; width: number } {
  const code = qrcode(0, "M");
  // The package writes one byte a character: UTF-8 is made before.
  code.addData(String.fromCharCode(...new TextEncoder().encode(text)));
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  return { path, width: size + 2 * QUIET };
}
