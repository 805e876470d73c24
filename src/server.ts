import './lib/server/threads.ts';
import { serve } from './lib/server/serve.ts';

await serve(process.env);
