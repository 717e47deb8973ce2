import { createMemoryApi } from './testing/memory-api.ts'
import { describeTenantMatrix } from './testing/tenant-matrix.ts'

describeTenantMatrix(async () => createMemoryApi())
