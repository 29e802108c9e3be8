import { makeLoad } from './load/make-load';

makeLoad(self as DedicatedWorkerGlobalScope);
