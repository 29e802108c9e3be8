import type { PrecacheEntry } from 'workbox-precaching';
import { relayApi } from './sw/api-relay';
import { precacheApp } from './sw/precache';
import { takeOverWhenTold } from './sw/update-flow';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[];
};

relayApi(self);
precacheApp(self.__WB_MANIFEST);
takeOverWhenTold(self);
