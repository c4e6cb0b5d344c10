import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type ESTree, parseSync, Visitor } from "vite";

/** One import of a file: what is written, and the file it names when that is one of ours. */
export interface Import {
  readonly specifier: string;
  /** Path from the project's root; undefined for packages and `#kernel`. */
  readonly target: string | undefined;
  readonly isTypeOnly: boolean;
  readonly line: number;
}

export interface Found {
  readonly text: string;
  readonly line: number;
}

/** What the rules ask of a TypeScript file. */
export interface Syntax {
  readonly imports: readonly Import[];
  /** String literals, JSX text and the fixed parts of templates. */
  readonly strings: readonly Found[];
  /** Every written `any`. */
  readonly anys: readonly Found[];
  /** Calls and constructions of the clock or of chance: `Date.now`, `new Date()`, `Math.random`. */
  readonly impurities: readonly Found[];
  readonly comments: readonly Found[];
}

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lineCount: number;
  /** Undefined for SQL, CSS, Markdown and the like. */
  readonly syntax: Syntax | undefined;
}

/** A place where a rule is broken. */
export interface Fault {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** A rule over the whole tree. */
export type Rule = (files: readonly SourceFile[]) => Fault[];

/** Reads every file below the folders of a project. */
export function readTree(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .map((path) => sourceFile(path.replaceAll("\\", "/"), readFileSync(join(root, path), "utf8"))),
  );
}

/** Reads a small tree from one text: each file begins with a line `--- path`. */
export function readFixture(text: string): SourceFile[] {
  return text
    .split(/^--- /m)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const end = part.indexOf("\n");
      return sourceFile(part.slice(0, end).trim(), part.slice(end + 1));
    });
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith("tests/");
}

function sourceFile(path: string, text: string): SourceFile {
  const lineCount = text.replace(/\n$/, "").split("\n").length;
  let syntax: Syntax | undefined;
  return {
    path,
    text,
    lineCount,
    get syntax() {
      if (!/\.(ts|tsx|mts)$/.test(path)) return undefined;
      syntax ??= parse(path, text);
      return syntax;
    },
  };
}

function parse(path: string, text: string): Syntax {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lineAt = lineFinder(text);
  const imports: Import[] = [];
  const strings: Found[] = [];
  const anys: Found[] = [];
  const impurities: Found[] = [];
  const importing = (source: ESTree.Node | null, isTypeOnly: boolean) => {
    if (source?.type !== "Literal" || typeof source.value !== "string") return;
    const specifier = source.value;
    const isOurs = specifier.startsWith(".");
    const target = isOurs ? posix.normalize(posix.join(posix.dirname(path), specifier)) : undefined;
    imports.push({ specifier, target, isTypeOnly, line: lineAt(source.start) });
  };
  const found = (list: Found[]) => (words: string, start: number) =>
    list.push({ text: words, line: lineAt(start) });
  new Visitor({
    ImportDeclaration: (node) => importing(node.source, node.importKind === "type"),
    ExportNamedDeclaration: (node) => importing(node.source, node.exportKind === "type"),
    ExportAllDeclaration: (node) => importing(node.source, node.exportKind === "type"),
    ImportExpression: (node) => importing(node.source, false),
    TSImportType: (node) => importing(node.source, true),
    NewExpression: (node) => {
      const name = node.callee.type === "Identifier" ? node.callee.name : "";
      const [first] = node.arguments;
      if (name === "URL" && first?.type === "Literal" && String(first.value).endsWith(".ts"))
        importing(first, false);
      if (name === "Date" && !first) found(impurities)("new Date()", node.start);
    },
    CallExpression: (node) => {
      const called = text.slice(node.callee.start, node.callee.end);
      if (/^(Date\.now|Math\.random|performance\.now|crypto\.random\w+|random(Bytes|UUID|Int))$/.test(called))
        found(impurities)(called, node.start);
    },
    Literal: (node) => {
      if (typeof node.value === "string") found(strings)(node.value, node.start);
    },
    TemplateElement: (node) => found(strings)(node.value.cooked ?? node.value.raw, node.start),
    JSXText: (node) => found(strings)(node.value, node.start),
    TSAnyKeyword: (node) => found(anys)("any", node.start),
  }).visit(program);
  const words = comments.map((comment) => ({ text: comment.value, line: lineAt(comment.start) }));
  return { imports, strings, anys, impurities, comments: words };
}

function lineFinder(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split("\n").length;
}
