import { createHandlers } from './ml/handlers';
import { serve } from './rpc/serve';

serve(self as DedicatedWorkerGlobalScope, createHandlers);
