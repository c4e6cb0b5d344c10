/** Where backups stand: a folder or a bucket. A file appears whole under its name, or not at all. */
export interface BackupPlace {
  /** For people, without secrets. */
  readonly title: string;
  /** Backups and other files of ours, newest last by name. */
  list(): Promise<PlacedFile[]>;
  create(name: string): Promise<Sink>;
  /** Puts a small file in the place of what stands under its name, whole as well. */
  replace(name: string, bytes: Buffer): Promise<void>;
  /** @throws BackupFault no-backup when it is not there */
  open(name: string): Promise<AsyncIterable<Buffer>>;
  /** No error when it is gone already. */
  remove(name: string): Promise<void>;
}

export interface PlacedFile {
  name: string;
  bytes: number;
}

/** Takes a file in. Exactly one of `keep` and `discard` follows. */
export interface Sink {
  write(bytes: Buffer): Promise<void>;
  keep(): Promise<void>;
  discard(): Promise<void>;
}
