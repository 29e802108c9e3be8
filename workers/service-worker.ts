import type { KeptFile } from '../src/protocol/sw-protocol';
import { relayApi } from './sw/api-relay';
import { GenerationLog } from './sw/generations';
import { keepShell } from './sw/keep-app';
import { KeptFiles } from './sw/kept-files';
import { serveApp } from './sw/serve-app';
import { takeShares } from './sw/share-target';
import { answerPages } from './sw/update-flow';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly KeptFile[] };

const { scope } = self.registration;
const kept = new KeptFiles(scope);
const app = { files: self.__WB_MANIFEST, kept, generations: new GenerationLog(scope, kept) };

// First: a request to the API is none for a file.
relayApi(self, app.files);
keepShell(self, app);
takeShares(self);
serveApp(self, app);
answerPages(self, app);
