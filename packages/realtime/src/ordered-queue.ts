type Task = () => void | Promise<void>

/** Runs tasks one after the other, the first at once; a failing task is reported and the next one runs. */
export class OrderedQueue {
  readonly #tasks: Task[] = []
  readonly #onError: (error: unknown) => void
  #isRunning = false

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  push(task: Task): void {
    this.#tasks.push(task)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
      try {
        // Awaiting only what is asynchronous keeps the usual change within one turn of the event loop.
        const running = task()
        if (running !== undefined) await running
      } catch (error) {
        this.#onError(error)
      }
    }
    this.#isRunning = false
  }
}
