const BLOCK_BYTES = 1024 * 1024;

/** Collects many small pieces in few large blocks: 200,000 arrays would take more memory than their bytes. */
export class ByteCollector {
  private readonly full: Blob[] = [];
  private block = new Uint8Array(BLOCK_BYTES);
  private used = 0;
  /** Bytes so far. */
  length = 0;

  add(piece: Uint8Array): void {
    this.length += piece.length;
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + BLOCK_BYTES - this.used);
      this.block.set(part, this.used);
      this.used += part.length;
      at += part.length;
      if (this.used === BLOCK_BYTES) this.flush();
    }
  }

  /** All of it as one file of the given type. */
  toBlob(type: string): Blob {
    this.flush();
    return new Blob(this.full, { type });
  }

  /** A Blob copies what it is made of, and the browser may keep it outside of this thread's memory. */
  private flush(): void {
    this.full.push(new Blob([this.block.subarray(0, this.used)]));
    this.used = 0;
  }
}
