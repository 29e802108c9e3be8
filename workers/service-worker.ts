import type { PrecacheEntry } from 'workbox-precaching';
import { precacheApp } from './sw/precache';
import { takeOverWhenTold } from './sw/update-flow';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[];
};

precacheApp(self.__WB_MANIFEST);
takeOverWhenTold(self);
