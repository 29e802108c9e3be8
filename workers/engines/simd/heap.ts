import { AppError } from '../../../src/domain/errors';

/** A stretch of the memory. */
export interface Block {
  readonly address: number;
  readonly byteLength: number;
}

const PAGE_BYTES = 65_536;
/** A cache line: no two threads' data share one by chance. */
const ALIGNMENT = 64;
/** Networks need a few megabytes each; this much is only an upper bound, taken when it is used. */
const MOST_PAGES = 8192;
/** Addresses below this are never given out, so that 0 means "none". */
const FIRST_ADDRESS = 1024;

/** The memory that all networks of a worker share with all its threads: who has which part of it. */
export class Heap {
  readonly memory: WebAssembly.Memory;
  /** Free blocks by address; no two touch each other. */
  private free: Block[];

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES, shared: true });
    this.free = [{ address: FIRST_ADDRESS, byteLength: this.byteLength - FIRST_ADDRESS }];
  }

  /** Takes a block of zeros. Throws `engine-unavailable` where the memory is full. */
  allocate(byteLength: number): Block {
    const wanted = align(byteLength);
    const found = this.free.find((block) => block.byteLength >= wanted) ?? this.grow(wanted);
    const block = { address: found.address, byteLength: wanted };
    const rest = { address: found.address + wanted, byteLength: found.byteLength - wanted };
    this.free = this.free.flatMap((other) => (other !== found ? [other] : rest.byteLength > 0 ? [rest] : []));
    this.bytes(block.address, wanted).fill(0);
    return block;
  }

  /** Gives a block back. */
  release(block: Block): void {
    const sorted = [...this.free, block].sort((a, b) => a.address - b.address);
    this.free = sorted.reduce<Block[]>((merged, next) => {
      const last = merged.at(-1);
      if (!last || last.address + last.byteLength < next.address) return [...merged, next];
      const joined = { address: last.address, byteLength: last.byteLength + next.byteLength };
      return [...merged.slice(0, -1), joined];
    }, []);
  }

  /** Bytes that are taken. */
  get usedBytes(): number {
    const free = this.free.reduce((sum, block) => sum + block.byteLength, 0);
    return this.byteLength - FIRST_ADDRESS - free;
  }

  /** A view of bytes. Made anew at each use: a view from before the memory grew is too short. */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** A view of floats. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** A view of 32-bit integers. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  private get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  private grow(byteLength: number): Block {
    const end = this.byteLength;
    try {
      this.memory.grow(Math.ceil(byteLength / PAGE_BYTES));
    } catch (cause) {
      throw memoryFull({ cause });
    }
    this.release({ address: end, byteLength: this.byteLength - end });
    return this.free.find((block) => block.byteLength >= byteLength)!;
  }
}

/** Hands out addresses in a block, one after another. Without a block it only counts. */
export class Arena {
  private used = 0;

  constructor(private readonly start = 0) {}

  get byteLength(): number {
    return this.used;
  }

  /** The address of the next `byteLength` bytes, at the start of a cache line. */
  reserve(byteLength: number): number {
    const address = this.start + this.used;
    this.used += align(byteLength);
    return address;
  }
}

/** Plans something twice: first to learn how much room it needs, then at its place in the memory. */
export function planInHeap<T>(
  heap: Heap,
  plan: (arena: Arena) => T,
): { readonly block: Block; readonly plan: T } {
  const measure = new Arena();
  plan(measure);
  // Kernels read whole vectors, also at the end of the last array.
  const block = heap.allocate(measure.byteLength + ALIGNMENT);
  return { block, plan: plan(new Arena(block.address)) };
}

function align(byteLength: number): number {
  return Math.ceil(Math.max(1, byteLength) / ALIGNMENT) * ALIGNMENT;
}

function memoryFull(options: ErrorOptions): AppError {
  return new AppError(
    'engine-unavailable',
    'The WASM engine has no memory left for this network.',
    {
      reason: 'ENGINE_MEMORY',
      kept: 'Nothing was changed.',
      remedy: 'Use a smaller network or smaller batches, or another engine.',
    },
    options,
  );
}
