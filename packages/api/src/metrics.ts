import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** What `/metrics` tells, and where durations in seconds are recorded. */
export interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram<'route' | 'method' | 'status'>
  readonly procedures: Histogram<'procedure' | 'outcome'>
}

/** Records in the process's registry, with the process's own metrics; in one of its own when none is given. */
export function createMetrics(processRegistry: Registry | undefined): Metrics {
  const registry = processRegistry ?? new Registry()
  if (processRegistry !== undefined) collectDefaultMetrics({ register: processRegistry })
  return {
    registry,
    requests: new Histogram({
      name: 'drawbridge_http_request_duration_seconds',
      help: 'Duration of HTTP requests in seconds',
      labelNames: ['route', 'method', 'status'],
      buckets,
      registers: [registry],
    }),
    procedures: new Histogram({
      name: 'drawbridge_procedure_duration_seconds',
      help: 'Duration of calls of procedures in seconds, by outcome: ok, or an error code',
      labelNames: ['procedure', 'outcome'],
      buckets,
      registers: [registry],
    }),
  }
}
