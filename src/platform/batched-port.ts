/**
 * An end of a line that carries many small messages: what is said in one turn goes as one message, because a
 * message costs more than what is in it. Both ends must be batched ports.
 */
export class BatchedPort<Heard, Said> {
  private due: Said[] = [];
  private transfer: Transferable[] = [];

  constructor(
    private readonly port: MessagePort,
    hear: (message: Heard) => void,
  ) {
    port.onmessage = ({ data }: MessageEvent<readonly Heard[]>) => data.forEach(hear);
  }

  /** Sends a message at the end of this turn. `transfer` is handed over, as by `postMessage`. */
  post(message: Said, transfer: readonly Transferable[] = []): void {
    this.transfer.push(...transfer);
    if (this.due.push(message) === 1) queueMicrotask(() => this.flush());
  }

  close(): void {
    this.port.close();
  }

  private flush(): void {
    const { due, transfer } = this;
    this.due = [];
    this.transfer = [];
    this.port.postMessage(due, transfer);
  }
}
