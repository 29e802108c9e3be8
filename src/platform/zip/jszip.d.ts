/**
 * What is used of JSZip 3.10. Its own types bring those of Node with them, and with these every file of the
 * app could name what no browser has. `tsconfig.base.json` leads here.
 */

interface FileOptions {
  readonly compression: 'STORE' | 'DEFLATE';
  readonly date: Date;
  readonly createFolders: boolean;
}

/** Events reach as far as they are listened to; nothing flows before `resume`. */
interface ArchiveStream {
  on(
    event: 'data',
    listener: (piece: Uint8Array<ArrayBuffer>, state: { readonly percent: number }) => void,
  ): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  pause(): this;
  resume(): this;
}

export declare class JSZip {
  file(path: string, content: Uint8Array | Blob, options: FileOptions): this;
  generateInternalStream(options: {
    readonly type: 'uint8array';
    readonly streamFiles: boolean;
  }): ArchiveStream;
}

export default JSZip;
