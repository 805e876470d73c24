import { serve } from '../../src/lib/server/serve.ts';

/** Any installation, only to be looked at, as the demo is. */
await serve(process.env, { readOnly: true });
